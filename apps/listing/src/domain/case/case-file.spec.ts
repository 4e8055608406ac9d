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
  penalty,
  person,
  removalDecision,
  request,
  REQUEST,
  review,
  service,
  Story,
  suspensionRequest,
  verification,
} from '../../../specs/story.js';
import { followsFor } from './case-file.js';

const representative = { ...person, id: '0192f0c4-6c00-7000-8000-000000000002' };
const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  persons: [{ subject: representative, capacity: 'legal-representative', bornOn: '1980-05-05' }],
};

const upheld = {
  type: 'settle-objection',
  objectionId: 'o1',
  about: 'listing',
  outcome: 'upheld',
  corrected: {},
  reasons: '工资已在限期内付清（虚构）',
  reopened: null,
} as const;

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

  test('also a person whose own decision came first', () => {
    const file = new FileStory(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-11')
      .does('reviewer', review())
      .does('approver', approval);
    file.person.does('handler', decision);
    expect(file.statuses).toEqual(['approved', 'decided']);
    file.does('approver', {
      type: 'withdrawal',
      reason: '已支付并承诺',
      ground: 'spared',
      correctedOn: '2025-03-11',
      commitment: true,
    });
    expect(file.statuses).toEqual(['withdrawn', 'ended']);
    expect(file.person.state).toMatchObject({ end: { kind: 'revoked' } });
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
    file.on('2025-11-10').does('otherApprover', {
      type: 'false-application',
      requestId: REQUEST,
      cause: 'false-material',
      reasons: '工资支付凭证系伪造（虚构）',
    });
    expect(file.statuses).toEqual(['in-force', 'in-force']);
    expect(file.person.state).toMatchObject({ term: { startsOn: '2025-11-10', endsOn: '2028-11-10' } });
  });

  test('does not put onto the list whom the decision had not reached: it binds when it is served', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03')).on('2025-03-17');
    file.does('reviewer', review()).does('approver', approval).does('handler', decision);
    file.does('handler', service('2025-03-17')).on('2025-10-13').does('party', request('2025-04-01'));
    file.does('handler', acceptance()).does('handler', verification(file.principal));
    file.does('approver', removalDecision());
    expect(file.person.state).toMatchObject({ status: 'ended', inForceOn: null, service: null });
    file.on('2025-11-10').does('otherApprover', {
      type: 'false-application',
      requestId: REQUEST,
      cause: 'false-material',
      reasons: '工资支付凭证系伪造（虚构）',
    });
    expect(file.statuses).toEqual(['in-force', 'ended']);
  });

  test('takes back one decision for all who rest on it', () => {
    const file = bothListed().does('approver', { type: 'revocation', reason: '责令支付决定被撤销' });
    expect(file.statuses).toEqual(['ended', 'ended']);
  });

  test('frees the person with the employer whose objection was upheld (ordinance art. 35)', () => {
    const file = bothListed().on('2025-06-03').does('platform', upheld);
    expect(file.statuses).toEqual(['ended', 'ended']);
    expect(file.person.state).toMatchObject({
      end: { kind: 'corrected', endedOn: '2025-06-03', repair: null },
    });
  });

  test('leaves the employer listed when only the person was wrongly bound', () => {
    const file = bothListed().on('2025-06-03');
    file.person.does('platform', upheld);
    expect(file.statuses).toEqual(['in-force', 'ended']);
  });

  test('frees the person whose own question is still open when the basis of the employer falls (art. 38)', () => {
    const file = bothListed().on('2025-06-10');
    const changed = { type: 'correct-basis', record: { ...penalty, documentNo: '更正（虚构）' } } as const;
    file.does('platform', changed);
    file.person.does('platform', changed);
    file.does('otherReviewer', { type: 'basis-review', outcome: 'falls', reasons: '不足以支持（虚构）' });
    expect(file.statuses).toEqual(['ended', 'ended']);
    expect(file.person.state).toMatchObject({
      end: { kind: 'revoked', removalDue: '2025-06-11' },
      basisQuestions: [],
    });
  });

  test('withdraws the case of the person that is not decided yet when the employer is freed', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03')).on('2025-03-11');
    file.person.does('reviewer', review('do-not-list'));
    file.does('otherReviewer', review()).does('approver', approval).does('handler', decision);
    file.does('handler', service('2025-03-11')).on('2025-06-03').does('platform', upheld);
    expect(file.statuses).toEqual(['ended', 'withdrawn']);
    expect(file.person.state).toMatchObject({ withdrawal: { ground: 'other' } });
  });

  test('withdraws both undecided cases when the basis of the employer is found to be too little', () => {
    const file = new FileStory(wage).does('handler', notice('2025-03-03')).on('2025-03-05');
    const changed = { type: 'correct-basis', record: { ...penalty, documentNo: '更正（虚构）' } } as const;
    file.does('platform', changed);
    file.person.does('platform', changed);
    file.does('otherReviewer', { type: 'basis-review', outcome: 'falls', reasons: '不足以支持（虚构）' });
    expect(file.statuses).toEqual(['withdrawn', 'withdrawn']);
    expect(file.person.state).toMatchObject({ withdrawal: { ground: 'basis-lost' } });
  });

  test('each loses the record by itself, and keeps that it was withdrawn', () => {
    const lost = {
      type: 'lose-basis',
      recordId: penalty.id,
      cause: 'revoked',
      reason: '撤销（虚构）',
    } as const;
    const file = bothListed().on('2025-06-10').does('platform', lost);
    expect(file.statuses).toEqual(['ended', 'in-force']);
    file.person.does('platform', lost);
    expect(file.person.state).toMatchObject({ status: 'ended', records: [{ withdrawn: true }] });
  });
});

/** Order 36 art. 20 names the enterprise: what it lifts is the enterprise's, and the rest of the law is silent. */
describe('a bankruptcy plan of the employer', () => {
  const lifted = () => {
    const file = bothListed().on('2026-05-06');
    file.does('party', suspensionRequest('2026-04-30')).does('handler', acceptance());
    return file.does('handler', verification(file.principal)).does('approver', removalDecision());
  };

  test('lifts the employer provisionally, and the persons stay listed', () => {
    expect(lifted().statuses).toEqual(['suspended', 'in-force']);
  });

  test('cannot be named by a person: no court approves a plan for one', () => {
    const file = bothListed().on('2026-05-06');
    expect(file.person.refusal('party', suspensionRequest('2026-04-30')).code).toBe(
      'listing.plan-lifting-enterprise-only',
    );
  });

  test('carried out: the employer leaves for good, and the persons go with it', () => {
    const file = lifted().on('2026-08-03');
    file.does('approver', { type: 'plan-completion', documentNo: '（虚构）裁定', reasons: '执行完毕' });
    expect(file.statuses).toEqual(['ended', 'ended']);
  });

  test('failed: brings back the employer, and nobody who had left before for a reason of its own', () => {
    const file = lifted();
    file.person.does('platform', upheld);
    file.does('approver', { type: 'plan-failure', documentNo: '（虚构）裁定', reasons: '不能执行' });
    expect(file.statuses).toEqual(['in-force', 'ended']);
  });

  test('a listing taken back while it is lifted frees the persons, too', () => {
    expect(lifted().does('platform', upheld).statuses).toEqual(['ended', 'ended']);
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
