import { describe, expect, test } from '@jest/globals';
import { faultsOf } from '#contracts';
import type { LocalDate } from '#kernel';
import {
  approval,
  consent,
  decision,
  granting,
  inForce,
  notice,
  request,
  REQUEST,
  review,
  service,
  Story,
  suspensionRequest,
} from '../../specs/story.js';
import type { ListingCase } from '../domain/case/case.js';
import type { Open } from '../domain/objection/objection.js';
import type { Command } from '../domain/case/commands.js';
import { evolve } from '../domain/case/evolve.js';
import { eventsOf } from './outbox.js';
import { standingOf } from './snapshot.js';

/* A subscriber that is filled must hold what one holds that has heard everything from the first event. */

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;
const tax = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.tax', level: 'province' },
} as const;
const wages = (publishedOn: LocalDate | undefined = '2026-04-23'): Story =>
  inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-22', ...(publishedOn ? { publishedOn } : {}) });
const food = (): Story =>
  inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14', publishedOn: '2024-11-15' });
/** In force, and its three years begin with the publication (order 54). */
const taxed = (): Story => inForce(tax, { decidedOn: '2025-04-01', servedOn: '2025-04-02' });
const suspended = (): Story =>
  granting(food().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
const removed = (): Story => granting(wages().on('2026-11-06').does('party', request('2026-05-05')));
const foundFalse: Command = {
  type: 'false-application',
  requestId: REQUEST,
  cause: 'false-material',
  reasons: '缴款凭证系伪造（虚构）',
};
const corrected: Command = {
  type: 'correction',
  corrected: { decisionNo: '（虚构）列入决定〔2026〕2号', termEndsOn: '2029-03-21' },
  reasons: '录入有误',
};

const stay: Extract<Command, { type: 'stay' }> = {
  type: 'stay',
  in: 'suit',
  body: '松江铁路运输法院（虚构）',
  orderNo: '（虚构）停止执行〔2026〕1号',
  orderedOn: '2026-06-01',
  reasons: '难以弥补的损失',
};
const over: Command = {
  type: 'stay-end',
  why: 'upheld',
  documentNo: '（虚构）判决',
  endedOn: '2026-06-03',
  reasons: '驳回诉讼请求',
};

const STORIES: Record<string, () => Story> = {
  'in force and published': wages,
  'in force, not published': () => inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-22' }),
  'lifted provisionally': suspended,
  'lifted provisionally, and masked on 信用中国': () =>
    granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30'))),
  'shown on 信用中国 again after a plan that failed': () =>
    granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')))
      .on('2026-11-10')
      .does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' }),
  'on the list again after a plan that failed': () =>
    suspended().on('2026-11-10').does('approver', {
      type: 'plan-failure',
      documentNo: '（虚构）之二',
      reasons: '不能执行',
    }),
  'stayed by a court': () => wages().on('2026-06-03').does('approver', stay),
  'lifted for a plan, and stayed': () => suspended().on('2026-06-03').does('approver', stay),
  'stayed, and its plan failed': () =>
    suspended()
      .on('2026-06-03')
      .does('approver', stay)
      .does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' }),
  'on the list again after a stay': () =>
    wages().on('2026-06-03').does('approver', stay).does('approver', over),
  'stayed before it took effect': () => {
    const served = new Story(samr).does('handler', notice('2024-11-04', '2024-11-11')).on('2024-11-13');
    served.does('reviewer', review()).does('superior', consent()).does('approver', approval);
    served.does('handler', decision).does('approver', { ...stay, orderedOn: '2024-11-13' });
    return served.on('2024-11-14').does('handler', service('2024-11-14'));
  },
  corrected: () => wages().on('2026-06-01').does('otherApprover', corrected),
  'removed early': removed,
  'on the list again after a false application': () =>
    removed().on('2026-12-01').does('otherApprover', foundFalse),
  'shown anew after that': () =>
    removed()
      .on('2026-12-01')
      .does('otherApprover', foundFalse)
      .on('2026-12-02')
      .does('secrecy', { type: 'publication', secrecyReview: 'passed', text: '可以公示' }),
  'removed early, the penalty with it': () =>
    granting(food().on('2026-01-05').does('party', request('2024-12-02'))),
  'paid before publication, its term running': () =>
    taxed()
      .on('2025-04-11')
      .does('approver', { type: 'hold-back', paidOn: '2025-04-10', reason: '已缴清（虚构）' }),
  'withheld by the secrecy review, its term running': () =>
    taxed()
      .on('2025-04-11')
      .does('secrecy', { type: 'publication', secrecyReview: 'not-passed', text: '涉密（虚构）' }),
  expired: () => food().on('2027-11-15').does('platform', { type: 'expire' }),
  revoked: () => food().on('2024-12-02').does('approver', { type: 'revocation', reason: '认定事实有误' }),
};

/** What a subscriber keeps of an entry, as the credit file does. */
interface Kept {
  inForceOn?: string | null;
  termEndsOn?: string | null;
  decisionNo?: string;
  publishedOn?: string | null;
  suspendedOn?: string | null;
  ended?: { on: string; how: string } | null;
  /** Last day on 信用中国, and from when it shows the entry no longer. */
  site?: { endsOn: string | null; endedOn: string | null; maskedOn?: string } | null;
  /** Published no longer with the entry (order 107 art. 13). */
  penaltiesOff?: string[];
}

function hear(kept: Kept, type: string, data: Record<string, string>): Kept {
  switch (type.replace(/^cn\.chengxin\.listing\.(.*)\.v1$/, '$1')) {
    case 'in-force':
      return {
        ...kept,
        inForceOn: data['inForceOn']!,
        termEndsOn: data['termEndsOn']!,
        decisionNo: data['decisionNo']!,
      };
    case 'published':
      return { ...kept, publishedOn: data['publishedOn']!, termEndsOn: data['termEndsOn']! };
    case 'term-begun':
      return { ...kept, termEndsOn: data['termEndsOn']! };
    case 'publication-ended':
      return { ...kept, publishedOn: null };
    case 'suspended':
      return { ...kept, suspendedOn: data['suspendedOn']! };
    case 'restored':
      return { ...kept, suspendedOn: null, ended: null, termEndsOn: data['termEndsOn']! };
    case 'corrected':
      return { ...kept, decisionNo: data['decisionNo']!, termEndsOn: data['termEndsOn']! };
    case 'ended':
      return { ...kept, ended: { on: data['endedOn']!, how: data['end']! }, suspendedOn: null };
    case 'site-publication-started':
      return { ...kept, site: { endsOn: data['endsOn']!, endedOn: null } };
    case 'site-publication-masked':
      return { ...kept, site: { ...kept.site!, maskedOn: data['maskedOn']! } };
    case 'site-publication-resumed':
      return { ...kept, site: { endsOn: kept.site!.endsOn, endedOn: null } };
    case 'site-publication-ended':
      return { ...kept, site: { endsOn: kept.site?.endsOn ?? null, endedOn: data['endedOn']! } };
    case 'penalty-publication-ended':
      return { ...kept, penaltiesOff: [...kept.penaltiesOff!, ...idsOf(data)].sort() };
    case 'penalty-publication-resumed':
      return { ...kept, penaltiesOff: kept.penaltiesOff!.filter((id) => !idsOf(data).includes(id)) };
    default:
      return kept;
  }
}

function idsOf(data: object): string[] {
  return (data as { records: { id: string }[] }).records.map(({ id }) => id);
}

const NOTHING: Kept = { publishedOn: null, suspendedOn: null, ended: null, penaltiesOff: [] };

function heardOf(story: Story): Kept {
  let state: ListingCase = story.first;
  let kept = NOTHING;
  for (const fact of story.facts) {
    state = evolve(state, fact);
    for (const { contract, data } of eventsOf(fact, state, story.rules.list))
      kept = hear(kept, contract.type, data as Record<string, string>);
  }
  return kept;
}

describe('what a snapshot tells of a case that is', () => {
  test.each(Object.keys(STORIES))('%s leads to what the events have led to', (name) => {
    const story = STORIES[name]!();
    const standing = standingOf(story.state, []);
    expect(standing.length).toBeGreaterThan(0);
    for (const { contract, data } of standing) {
      expect(contract.topic).toBe('listings');
      expect(faultsOf(contract, data)).toEqual([]);
    }
    expect(
      standing.reduce(
        (kept, { contract, data }) => hear(kept, contract.type, data as Record<string, string>),
        NOTHING,
      ),
    ).toEqual(heardOf(story));
  });

  test.each(['paid before publication', 'withheld by the secrecy review'])(
    '%s has the last day of its term',
    (name) => {
      const story = STORIES[`${name}, its term running`]!();
      expect(heardOf(story)).toMatchObject({ publishedOn: null, termEndsOn: '2028-04-11' });
    },
  );

  test('objected to carries the mark, from the day on which it was set', () => {
    const objection = {
      ...{ id: '0192f0c4-6c00-7000-8000-0000000000b1', about: 'content', repairId: null, help: [] },
      ...{ receivedOn: '2026-06-01', filedOn: '2026-06-01', markedOn: '2026-06-01', status: 'open' },
    } as unknown as Open;
    const standing = standingOf(wages().state, [objection]);
    const marks = standing.filter(({ contract }) => contract.type === 'cn.chengxin.objection.marked.v1');
    expect(marks.map(({ data }) => data)).toMatchObject([{ markedOn: '2026-06-01' }]);
    const unmarked = standingOf(wages().state, []).map(({ contract }) => contract.type);
    expect(unmarked).not.toContain('cn.chengxin.objection.marked.v1');
  });

  test('not decided yet is nothing', () => {
    expect(standingOf(wages().first, [])).toEqual([]);
  });
});
