import { describe, expect, test } from '@jest/globals';
import type { LocalDate } from '#kernel';
import {
  acceptance,
  approval,
  decision,
  defence,
  enterprise,
  notice,
  openingRefusal,
  type Opening,
  person,
  removalDecision,
  request,
  REQUEST,
  review,
  service,
  Story,
  verification,
} from '../../specs/story.js';
import { followsFor } from './case-file.js';

const representative = { ...person, id: '0192f0c4-6c00-7000-8000-000000000002' };
const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  persons: [{ subject: representative, capacity: 'legal-representative', bornOn: '1980-05-05' }],
};

/** What the principal does holds for the person as the file says. */
class FileStory {
  readonly principal: Story;
  readonly person: Story;

  constructor(opening: Opening) {
    this.principal = new Story(opening);
    this.person = this.principal.companion(0);
  }

  on(day: LocalDate): this {
    this.principal.on(day);
    this.person.on(day);
    return this;
  }

  does(...[who, command]: Parameters<Story['does']>): this {
    const already = this.principal.facts.length;
    this.principal.does(who, command);
    const own = followsFor(this.person.state, command, this.principal.facts.slice(already));
    if (own) this.person.does(who, own);
    return this;
  }

  get statuses(): string[] {
    return [this.principal.status, this.person.status];
  }
}

/** Employer and legal representative, both in force; served on different days. */
const bothListed = () => {
  const file = new FileStory(wage)
    .does('handler', notice('2025-03-03'))
    .on('2025-03-11')
    .does('reviewer', review())
    .does('approver', approval)
    .on('2025-03-12')
    .does('handler', decision)
    .does('handler', service('2025-03-12'));
  file.on('2025-03-20').person.does('handler', service('2025-03-20', `${file.person.state.no}-修复告知`));
  return file;
};

describe('a file of employer and responsible persons (order 45 art. 5)', () => {
  test('is noticed, reviewed, approved and decided once, and each party has its own entry', () => {
    const file = bothListed();
    expect(file.principal.state).toMatchObject({ status: 'in-force', inForceOn: '2025-03-12' });
    expect(file.person.state).toMatchObject({
      status: 'in-force',
      inForceOn: '2025-03-20',
      decision: { no: decision.decisionNo },
      term: { endsOn: '2028-03-12' },
    });
  });

  test('hears each party for itself', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03'));
    file.person.on('2025-03-05').does('party', defence);
    expect(file.statuses).toEqual(['noticed', 'heard']);
    file.on('2025-03-11').does('reviewer', review());
    expect(file.statuses).toEqual(['reviewed', 'reviewed']);
  });

  test('spares one party alone, and lists the others', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03')).on('2025-03-11');
    file.person.does('reviewer', review('do-not-list'));
    file.does('otherReviewer', review()).does('approver', approval).does('handler', decision);
    expect(file.statuses).toEqual(['decided', 'reviewed']);
    file.person.does('approver', {
      type: 'withdrawal',
      reason: '不是直接责任人员',
      ground: 'defence-accepted',
    });
    expect(file.statuses).toEqual(['decided', 'withdrawn']);
  });

  test('lets everybody go who was bound when the employer is spared (art. 7)', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03')).does('approver', {
      type: 'withdrawal',
      reason: '已支付并承诺',
      ground: 'spared',
      correctedOn: '2025-03-03',
      commitment: true,
    });
    expect(file.statuses).toEqual(['withdrawn', 'withdrawn']);
  });

  test('only the employer asks for early removal, and the persons go with it (art. 14)', () => {
    const file = bothListed().on('2025-10-13');
    expect(file.person.refusal('party', request('2025-04-01')).code).toBe('listing.removal-employer-only');
    file.does('party', request('2025-04-01')).does('handler', acceptance());
    file.does('handler', verification(file.principal)).on('2025-10-20').does('approver', removalDecision());
    expect(file.statuses).toEqual(['ended', 'ended']);
    expect(file.person.state).toMatchObject({
      end: { kind: 'early-removal', endedOn: '2025-10-20', removalDue: '2025-11-03' },
    });
  });

  test('has the persons stand again with the employer whose removal was false (art. 15)', () => {
    const file = bothListed().on('2025-10-13');
    file.does('party', request('2025-04-01')).does('handler', acceptance());
    file.does('handler', verification(file.principal)).does('approver', removalDecision());
    file.on('2025-11-10').does('approver', {
      type: 'false-application',
      requestId: REQUEST,
      cause: 'false-material',
      reasons: '工资支付凭证系伪造（虚构）',
    });
    expect(file.statuses).toEqual(['in-force', 'in-force']);
    expect(file.person.state).toMatchObject({ term: { startsOn: '2025-11-10', endsOn: '2028-11-10' } });
  });

  test('takes back one decision for all who rest on it', () => {
    const file = bothListed().does('approver', { type: 'revocation', reason: '责令支付决定被撤销' });
    expect(file.statuses).toEqual(['ended', 'ended']);
  });
});

describe('who may be a party of a file', () => {
  const tax: Opening = {
    list: 'TAX',
    conductKind: 'tax.evasion',
    openedOn: '2025-03-03',
    department: { id: 'hlj.tax', level: 'province' },
  };
  const legal = { subject: representative, capacity: 'legal-representative', bornOn: '1980-05-05' } as const;
  const actual = {
    subject: { ...person, id: '0192f0c4-6c00-7000-8000-000000000003' },
    capacity: 'actual-responsible-person',
    bornOn: '1975-01-01',
  } as const;
  const refusalOf = (opening: Opening) => openingRefusal(opening).code;

  test('only whom the list binds', () => {
    expect(
      refusalOf({
        ...tax,
        list: 'COURT',
        conductKind: 'court.evasion',
        department: { id: 'hlj.court', level: 'province' },
        persons: [legal],
      }),
    ).toBe('listing.person-not-bound');
    expect(refusalOf({ ...wage, persons: [{ ...legal, subject: enterprise }] })).toBe('listing.person-twice');
    expect(refusalOf({ ...wage, persons: [{ ...legal, bornOn: '2010-01-01' }] })).toBe('listing.minor');
  });

  test('the actual responsible person by judgment, and then the representative only with its own part (order 54)', () => {
    expect(refusalOf({ ...tax, persons: [actual] })).toBe('listing.person-evidence');
    const judged = { ...actual, evidence: '（2024）黑01刑终1号（虚构）' };
    expect(refusalOf({ ...tax, persons: [legal, judged] })).toBe('listing.person-evidence');
    const both = new Story({
      ...tax,
      persons: [{ ...legal, evidence: '参与违法行为的认定（虚构）' }, judged],
    });
    expect(both.companion(1).state.file).toMatchObject({
      capacity: 'actual-responsible-person',
      principal: both.state.id,
    });
  });

  test('on the market-regulation list only where a law says so (order 44)', () => {
    const samr: Opening = {
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2024-11-04',
      department: { id: 'hlj.market-regulation', level: 'province' },
    };
    expect(refusalOf({ ...samr, persons: [legal] })).toBe('listing.person-evidence');
  });
});
