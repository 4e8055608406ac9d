import { describe, expect, test } from '@jest/globals';
import {
  approval,
  decision,
  defence,
  inForce,
  notice,
  penalty,
  publication,
  request,
  review,
  Story,
} from '../../../specs/story.js';

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.market-regulation', level: 'province' },
} as const;

const withdrawal = (ground: 'spared' | 'opened-by-mistake' | 'no-intent' | 'other', extra: object = {}) =>
  ({ type: 'withdrawal', reason: '当事人已改正并作出书面承诺', ground, ...extra }) as never;

describe('withdrawal before the decision', () => {
  test('of a case opened by mistake', () => {
    expect(new Story(wage).does('handler', withdrawal('opened-by-mistake')).state).toMatchObject({
      status: 'withdrawn',
      withdrawal: { on: '2025-03-03' },
    });
  });

  test('is not possible any more once it is decided', () => {
    const story = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-11')
      .does('reviewer', review());
    story.does('approver', approval).does('handler', decision);
    expect(story.refusal('approver', withdrawal('other'))).toMatchObject({
      code: 'listing.action-not-possible',
      facts: { status: 'decided', action: 'withdrawal' },
    });
  });

  test('ends every clock', () => {
    const story = new Story({ ...wage, clockFrom: '2025-02-28' })
      .does('handler', notice('2025-03-03'))
      .does('party', defence);
    expect(story.dueOn('verification')).toBe('2025-03-10');
    story.does('approver', withdrawal('other'));
    expect(story.dueOn('verification') ?? story.dueOn('decision')).toBeUndefined();
    expect(story.refusal('handler', notice('2025-03-03')).code).toBe('listing.withdrawn-already');
  });
});

describe('no intent (order 44 art. 12)', () => {
  test('proved by the party, market regulation does not list it', () => {
    const story = new Story(samr).does('handler', notice('2024-11-04')).does('party', defence);
    story.does('approver', withdrawal('no-intent'));
    expect(story.state).toMatchObject({ status: 'withdrawn', withdrawal: { ground: 'no-intent' } });
  });

  test('is no ground where the list does not know it', () => {
    const story = new Story(wage).does('handler', notice('2025-03-03')).does('party', defence);
    expect(story.refusal('approver', withdrawal('no-intent'))).toEqual({
      code: 'listing.no-intent-not-provided',
      facts: { listName: '拖欠农民工工资失信联合惩戒对象名单', listType: 'WAGE' },
    });
  });
});

describe('sparing (order 45 art. 7)', () => {
  const noticed = () => new Story(wage).does('handler', notice('2025-03-03'));

  test('needs both: corrected and promised before the decision', () => {
    expect(noticed().refusal('approver', withdrawal('spared')).code).toBe('listing.sparing-incomplete');
    expect(noticed().refusal('approver', withdrawal('spared', { correctedOn: '2025-03-03' })).code).toBe(
      'listing.sparing-incomplete',
    );
    const both = { correctedOn: '2025-03-05', commitment: true };
    expect(noticed().refusal('approver', withdrawal('spared', both)).code).toBe('listing.date-in-future');
    expect(noticed().on('2025-03-05').does('approver', withdrawal('spared', both)).state).toMatchObject({
      withdrawal: { ground: 'spared' },
    });
  });

  test('is known to the wage list, not to market regulation', () => {
    const story = new Story(samr).does('handler', notice('2024-11-04'));
    expect(
      story.refusal('approver', withdrawal('spared', { correctedOn: '2024-11-04', commitment: true })).code,
    ).toBe('listing.sparing-not-provided');
  });
});

describe('the end of the term', () => {
  const listed = () =>
    inForce(wage, { decidedOn: '2025-03-12', servedOn: '2025-03-13', publishedOn: '2025-03-14' });

  test('comes with the end of its last day', () => {
    const story = listed();
    expect(story.dueOn('expiry')).toBe('2028-03-12');
    expect(story.on('2028-03-12').does('platform', { type: 'expire' }).status).toBe('in-force');
    expect(story.on('2028-03-13').does('platform', { type: 'expire' }).state).toMatchObject({
      status: 'ended',
      end: { kind: 'expired', endedOn: '2028-03-13' },
      publication: { status: 'ended', endedOn: '2028-03-13' },
    });
  });

  test('has the legal date however late the clock comes round, and does not wait for a calendar', () => {
    const story = listed().on('2028-05-30').does('platform', { type: 'expire' });
    // No calendar of 2028 is loaded: the limit of the authority is unknown, the end is not.
    expect(story.state).toMatchObject({ end: { endedOn: '2028-03-13', removalDue: null } });
  });

  test('starts the clock of the removal', () => {
    const telecom = {
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      openedOn: '2024-12-16',
      department: { id: 'hlj.public-security', level: 'province' },
    } as const;
    const story = inForce(telecom, { decidedOn: '2024-12-16', servedOn: '2025-01-06' }).on('2026-12-17');
    expect(story.dueOn('expiry')).toBe('2026-12-16');
    story.does('platform', { type: 'expire' });
    // Measures are lifted within ten working days: 2026-12-18 is the first, a Friday.
    expect(story.state).toMatchObject({ end: { endedOn: '2026-12-17', removalDue: '2026-12-31' } });
    expect([story.dueOn('expiry'), story.dueOn('removal')]).toEqual([undefined, '2026-12-31']);
  });

  test('comes also while a request for removal is open', () => {
    // 2028 has no calendar: the request is taken, its days are not known.
    const asked = listed().on('2028-03-01').does('party', request('2025-04-01'));
    expect(asked.state).toMatchObject({ status: 'in-force', removalRequest: { correctedOn: '2025-04-01' } });
    expect(asked.on('2028-03-13').does('platform', { type: 'expire' }).state).toMatchObject({
      status: 'ended',
      end: { kind: 'expired', endedOn: '2028-03-13' },
      removalRequest: null,
    });
  });
});

describe('the end of the publication alone (capital market: shown for one year, in effect for five)', () => {
  const shown = () =>
    inForce(
      {
        list: 'CSRC',
        conductKind: 'csrc.penalty',
        openedOn: '2025-07-01',
        department: { id: 'hlj.securities', level: 'province' },
      },
      { decidedOn: '2025-07-02', servedOn: '2025-07-03', publishedOn: '2025-07-04' },
      { termStartsOn: '2025-07-01' },
    );
  const over = { type: 'end-publication' } as const;

  test('comes by itself after its last day, and the record stands for its own term', () => {
    const story = shown();
    expect([story.dueOn('publication-end'), story.dueOn('expiry')]).toEqual(['2026-07-04', '2030-07-01']);
    expect(story.on('2026-07-04').does('platform', over).told).not.toContain('publication-ended');
    story.on('2026-07-20').does('platform', over).does('platform', over);
    expect(story.told.filter((type) => type === 'publication-ended')).toHaveLength(1);
    expect(story.state).toMatchObject({
      status: 'in-force',
      publication: { status: 'ended', publishedOn: '2025-07-04', endedOn: '2026-07-05' },
    });
    expect([story.dueOn('publication-end'), story.dueOn('expiry')]).toEqual([undefined, '2030-07-01']);
    expect(story.refusal('secrecy', publication)).toEqual({
      code: 'listing.publication-over',
      facts: { publishedOn: '2025-07-04', endedOn: '2026-07-05' },
    });
    story.on('2030-07-02').does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', publication: { endedOn: '2026-07-05' } });
  });

  test('is no clock of a list whose entries are shown as long as they stand', () => {
    const story = inForce(wage, {
      decidedOn: '2025-03-12',
      servedOn: '2025-03-13',
      publishedOn: '2025-03-14',
    });
    expect(story.dueOn('publication-end')).toBeUndefined();
  });
});

describe('loss of the basis (ordinance art. 38)', () => {
  const lost = {
    type: 'lose-basis',
    recordId: penalty.id,
    cause: 'revoked',
    reason: '行政复议决定撤销',
  } as const;

  test('withdraws an undecided case', () => {
    const story = new Story(wage).does('handler', notice('2025-03-03')).does('platform', lost);
    expect(story.state).toMatchObject({
      status: 'withdrawn',
      withdrawal: { ground: 'basis-lost' },
      records: [{ withdrawn: true }],
    });
  });

  test('revokes a listing, which is another end than removal', () => {
    const story = inForce(samr, {
      decidedOn: '2024-11-13',
      servedOn: '2024-11-14',
      publishedOn: '2024-11-15',
    });
    story.on('2025-02-10').does('platform', lost);
    expect(story.state).toMatchObject({
      status: 'ended',
      end: {
        kind: 'revoked',
        endedOn: '2025-02-10',
        removalDue: '2025-02-11', // art. 38: one working day, whatever the list gives
        reasons: expect.stringContaining('行政复议决定撤销'),
      },
      publication: { status: 'ended' },
    });
  });

  test('revokes a decision before it takes effect', () => {
    const story = new Story(samr)
      .does('handler', notice('2024-11-04'))
      .on('2024-11-12')
      .does('reviewer', review());
    story.does('approver', approval).does('handler', decision).does('platform', lost);
    expect(story.state).toMatchObject({ status: 'ended', inForceOn: null, end: { kind: 'revoked' } });
  });

  test('leaves a case that another record still carries', () => {
    const second = {
      ...penalty,
      id: '0192f0c4-6c00-7000-8000-0000000000a2',
      documentNo: '（虚构）罚〔2024〕2号',
    };
    const story = inForce(
      { ...samr, records: [penalty, second] },
      { decidedOn: '2024-11-13', servedOn: '2024-11-14' },
    );
    expect(story.does('platform', lost).state).toMatchObject({
      status: 'in-force',
      records: [{ withdrawn: true }, { withdrawn: false }],
    });
    expect(story.does('platform', { ...lost, recordId: second.id }).status).toBe('ended');
  });

  test('is nothing to a case that does not rest on the record, and happens once', () => {
    const story = inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
    expect(story.does('platform', { ...lost, recordId: 'other' }).status).toBe('in-force');
    story.does('platform', lost).does('platform', lost);
    expect(story.told.filter((type) => type === 'ended')).toHaveLength(1);
  });

  test('a corrected record is told as it now stands', () => {
    const story = new Story(samr).does('platform', {
      type: 'correct-basis',
      record: { ...penalty, decidedOn: '2024-09-21' },
    });
    expect(story.state.records).toEqual([{ ...penalty, decidedOn: '2024-09-21' }]);
  });
});

describe('revocation by the deciding unit', () => {
  test('ends a listing, published or not', () => {
    const story = inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
    story.does('approver', { type: 'revocation', reason: '认定事实有误' });
    expect(story.state).toMatchObject({
      status: 'ended',
      end: { kind: 'revoked', removalDue: '2024-11-19' },
      publication: { status: 'none' },
    });
    expect(story.refusal('secrecy', publication)).toMatchObject({ code: 'listing.ended-already' });
  });

  test('is undone by the day of the ordinance art. 38: the basis fell away, or the unit erred', () => {
    const wages = () =>
      inForce(
        { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' },
        { decidedOn: '2025-03-12', servedOn: '2025-03-14' },
      ).on('2025-09-29');
    const dueOf = (ground?: 'basis-lost' | 'own-error') => {
      const story = wages().does('approver', {
        type: 'revocation',
        reason: '—',
        ...(ground ? { ground } : {}),
      });
      return story.dueOn('removal');
    };
    // The list's own ten working days are for who leaves it early: 20 October.
    expect(dueOf('basis-lost')).toBe('2025-09-30');
    // 1 to 8 October 2025 are off.
    expect([dueOf('own-error'), dueOf()]).toEqual(['2025-10-10', '2025-10-10']);
  });

  test('is not for an undecided case', () => {
    expect(new Story(samr).refusal('approver', { type: 'revocation', reason: '—' }).code).toBe(
      'listing.action-not-possible',
    );
  });
});
