import { describe, expect, test } from '@jest/globals';
import {
  approval,
  granting,
  inForce,
  notice,
  penalty,
  publication,
  request,
  review,
  Story,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

const second = {
  ...penalty,
  id: '0192f0c4-6c00-7000-8000-0000000000a2',
  documentNo: '（虚构）罚〔2024〕2号',
};
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;
const listed = (): Story =>
  inForce({ ...samr, records: [penalty, second] }, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
const lost = (recordId: string, changedOn?: string): Command => ({
  type: 'lose-basis',
  recordId,
  cause: 'revoked',
  reason: '行政复议决定撤销',
  ...(changedOn ? { changedOn } : {}),
});

describe('a basis that falls in part (ordinance art. 38)', () => {
  test('brings the case before a person within one working day; the listing stands meanwhile', () => {
    const story = listed().on('2025-06-10').does('platform', lost(penalty.id, '2025-06-09'));
    expect(story.state).toMatchObject({
      status: 'in-force',
      basisQuestions: [
        { change: 'withdrawn', documentNo: penalty.documentNo, due: '2025-06-11', toldLate: false },
      ],
    });
    expect(story.dueOn('basis-review')).toBe('2025-06-11');
  });

  test('a telling after more than two working days is kept as late', () => {
    const story = listed().on('2025-06-12').does('platform', lost(penalty.id, '2025-06-09'));
    expect(story.facts.at(-2)).toMatchObject({ tellDue: '2025-06-11', toldLate: true });
  });

  test('that a second person finds enough stands, and the clock stops', () => {
    const story = listed().on('2025-06-10').does('platform', lost(penalty.id));
    const stands: Command = { type: 'basis-review', outcome: 'stands', reasons: '其余处罚足以支持（虚构）' };
    expect(story.refusal('handler', stands).code).toBe('listing.second-person');
    story.does('otherReviewer', stands);
    expect(story.state).toMatchObject({ status: 'in-force', basisQuestions: [] });
    expect(story.dueOn('basis-review')).toBeUndefined();
  });

  test('that a second person finds too little is revoked, within the day that art. 38 gives', () => {
    const story = listed().on('2025-06-10').does('platform', lost(penalty.id));
    story.does('otherReviewer', { type: 'basis-review', outcome: 'falls', reasons: '不足以支持（虚构）' });
    expect(story.state).toMatchObject({
      status: 'ended',
      end: { kind: 'revoked', removalDue: '2025-06-11' },
      basisQuestions: [],
    });
  });

  test('of which nothing is left falls by itself', () => {
    const story = listed()
      .on('2025-06-10')
      .does('platform', lost(penalty.id))
      .does('platform', lost(second.id));
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'revoked' } });
  });

  test('falls by itself also in a year whose calendar is not loaded', () => {
    const story = listed()
      .on('2027-06-10')
      .does('platform', lost(penalty.id))
      .does('platform', lost(second.id));
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'revoked', removalDue: null } });
  });
});

describe('a basis that falls in part before publication', () => {
  test('is looked at before anybody sees the entry', () => {
    const story = listed();
    story.on('2024-11-15').does('platform', lost(penalty.id));
    const refused = { code: 'listing.basis-changed', facts: { due: '2024-11-18' } };
    expect(story.refusal('secrecy', publication)).toMatchObject(refused);
    story.does('otherReviewer', {
      type: 'basis-review',
      outcome: 'stands',
      reasons: '其余处罚足以支持（虚构）',
    });
    expect(story.does('secrecy', publication).state).toMatchObject({ publication: { status: 'published' } });
  });
});

describe('a basis that falls after the listing has ended, while 信用中国 still shows it', () => {
  /** Off the list after six months; shown until 2029-04-21 by order 36. */
  const removed = (records = [penalty]): Story => {
    const story = inForce(
      { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07', records },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );
    return granting(story.on('2026-11-06').does('party', request('2026-05-05')));
  };
  const close: Command = { type: 'close', receipts: [] };
  const undone = {
    records: [{ withdrawn: true }],
    end: { kind: 'early-removal' },
    entry: { site: { status: 'ended', how: 'undone', endedOn: '2026-11-20' } },
  };

  test('goes from the site at once, and the record is kept as withdrawn', () => {
    const story = removed().on('2026-11-20').does('platform', lost(penalty.id));
    expect(story.state).toMatchObject({ status: 'ended', ...undone });
    expect(story.dueOn('site-publication')).toBeUndefined();
  });

  test('also of a case that is closed', () => {
    const story = removed().does('platform', close).on('2026-11-20').does('platform', lost(penalty.id));
    expect(story.state).toMatchObject({ status: 'closed', ...undone });
  });

  test('takes an open request for the site with it: nothing is left to decide', () => {
    const story = removed();
    const asked = story.facts.find((fact) => fact.type === 'removal-requested')!;
    story.on('2026-11-16').does('platform', {
      type: 'settle-objection',
      objectionId: 'o1',
      about: 'repair-result',
      outcome: 'upheld',
      corrected: {},
      reasons: '重新办理（虚构）',
      reopened: { ...asked.request, aim: 'site' },
    });
    expect(story.dueOn('repair-decision')).toBeDefined();
    story.on('2026-11-20').does('platform', lost(penalty.id));
    expect(story.state).toMatchObject({ removalRequest: null, entry: { site: { how: 'undone' } } });
    expect(story.dueOn('repair-decision')).toBeUndefined();
  });

  test('in part comes before a person, as of an entry in force', () => {
    const story = removed([penalty, second]).on('2026-11-20').does('platform', lost(penalty.id));
    expect(story.state).toMatchObject({ status: 'ended', entry: { site: { status: 'shown' } } });
    expect(story.dueOn('basis-review')).toBe('2026-11-23');
    story.does('otherReviewer', { type: 'basis-review', outcome: 'falls', reasons: '不足以支持（虚构）' });
    expect(story.state).toMatchObject({ status: 'ended', entry: { site: { how: 'undone' } } });
    expect(story.dueOn('basis-review')).toBeUndefined();
  });

  test('of which the site shows nothing any more asks nobody, and the record is kept as withdrawn', () => {
    const story = removed([penalty, second])
      .on('2029-04-22')
      .does('platform', { type: 'end-site-publication' });
    story.does('platform', lost(penalty.id));
    expect(story.state).toMatchObject({ basisQuestions: [], records: [{ withdrawn: true }, {}] });
  });

  test('corrected, it comes before a person', () => {
    const record = { ...penalty, documentNo: '更正（虚构）' };
    const story = removed().on('2026-11-20').does('platform', { type: 'correct-basis', record });
    expect(story.state).toMatchObject({ records: [record], basisQuestions: [{ change: 'corrected' }] });
    story.does('otherReviewer', { type: 'basis-review', outcome: 'stands', reasons: '仍然成立（虚构）' });
    expect(story.state).toMatchObject({ basisQuestions: [], entry: { site: { status: 'shown' } } });
  });
});

describe('a basis that was corrected', () => {
  const corrected: Command = {
    type: 'correct-basis',
    record: { ...penalty, documentNo: '（虚构）罚〔2024〕9号' },
  };

  test('brings a listing before a person, and one who handled the case is not that person', () => {
    const story = listed().on('2025-06-10').does('platform', corrected);
    expect(story.state).toMatchObject({ basisQuestions: [{ change: 'corrected', due: '2025-06-11' }] });
    const review: Command = { type: 'basis-review', outcome: 'stands', reasons: '—' };
    expect(story.does('otherReviewer', review).state.basisQuestions).toEqual([]);
    expect(story.refusal('otherReviewer', review).code).toBe('listing.basis-not-questioned');
  });

  test('holds up an undecided case until it was looked at', () => {
    const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
    const story = new Story(wage).does('handler', notice('2025-03-03'));
    story.on('2025-03-11').does('reviewer', review()).does('platform', corrected);
    expect(story.refusal('approver', approval)).toMatchObject({ code: 'listing.basis-changed' });
    story.does('otherReviewer', { type: 'basis-review', outcome: 'stands', reasons: '仍然成立（虚构）' });
    expect(story.does('approver', approval).status).toBe('approved');
  });
});
