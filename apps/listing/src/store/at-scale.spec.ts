import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#platform';
import { issueToken } from '#testing';
import { AtScale, type Question, type Times } from '../../specs/at-scale.js';
import { person } from '../../specs/people.js';
import { listStatement } from './cases.js';
import { statisticsStatement } from './statistics.js';
import { worklistStatement } from './worklist.js';

/*
 * Worklists over a province's cases. CI holds the plans, and that no page reads more than a page of each run it is
 * merged from; the times are taken at a million with
 * `CHENGXIN_CASES=1000000 npm test -- --no-stories apps/listing/src/store/at-scale.spec`.
 */
const CASES = Number(process.env['CHENGXIN_CASES'] ?? 20_000);
const MILLION = 1_000_000;
const P50_MS = 20;
const RUNS = CASES >= MILLION ? 200 : 20;

/**
 * Blocks of 8 KiB that a page of 50 may read: it grows with the units and stages that are merged and not with the
 * cases. Fifty rows with their parties and states are some 400 of them.
 */
const BLOCKS = 3_000;
/** Harbin and its 24 counties, in twelve stages: a page of each of three hundred runs. */
const BLOCKS_OF_DIVISION = 20_000;
/** Whatever share of names holds the part: along the runs, or of two thousand parties at most. */
const BLOCKS_BY_NAME = 15_000;

let scale: AtScale;
beforeAll(async () => {
  scale = await AtScale.start(CASES, 'mixed');
}, 1_200_000);
afterAll(() => scale.close());

const page = { limit: 50 };
const pick = <T>(from: readonly T[], nth: number): T => from[nth % from.length]!;

/** A provincial unit with those below it, as its officers see them. */
const LINES = ['market-regulation', 'human-resources', 'tax', 'emergency'].map((line) => [
  `hlj.${line}`,
  ...['230100', '230200', '230600'].map((city) => `hlj.city.${city}.${line}`),
]);
const STAGES = [
  'noticed',
  'reviewed',
  'in-force',
  'approved',
  'consented',
  'decided',
  'ended',
  'suspended',
] as const;
const REGIONS = ['230100', '230102', '230200', '230811', '231005', '232700', '230719', '230124'];
const LISTS = ['SAMR', 'COURT', 'TAX', 'SOCORG', 'CHARITY', 'WAGE'];
const listsByStatedDay = ['COURT', 'WAGE', 'TAX', 'SAMRABN', 'RESEARCH'];
const DAYS = ['2025-03-10', '2025-03-31', '2025-06-30', '2026-03-12', '2027-12-31'];
const NAMES = {
  frequent: ['有限公司', '商贸', '建筑工程'],
  common: ['松江鑫', '鑫源', '黑水'],
  some: ['宏达', '顺发', '黑水宏', '嫩江顺'],
  rare: ['赟骉', '翊犇', '曜羴食品'],
};
/** Of every ninety-seventh number; a third are natural persons, whom a code does not find. */
const codeOf = (nth: number): string => `9123${String(1 + ((nth * 97) % CASES)).padStart(14, '0')}`;
const CURSOR = '00000000-0000-4000-8000-000000000000';

interface Asked {
  /** The index that must be in the plan. */
  index: RegExp;
  ask: (nth: number) => Question;
  blocks?: number;
}

/** Common names are met along the runs, others are found by their pairs. */
const byName = (names: readonly string[], more: (nth: number) => object): Asked => ({
  index: /subject_name\b/,
  ask: (nth) => worklistStatement({ ...more(nth), search: pick(names, nth) }, page),
  blocks: BLOCKS_BY_NAME,
});

const questions: Record<string, Asked> = {
  'of one unit': {
    index: /listing_case_due\b/,
    ask: (nth) => worklistStatement({ departments: [pick(pick(LINES, nth), nth)] }, page),
  },
  'of a unit and those below it': {
    index: /listing_case_due\b/,
    ask: (nth) => worklistStatement({ departments: pick(LINES, nth) }, page),
  },
  'of a unit in one stage': {
    index: /listing_case_due\b/,
    ask: (nth) => worklistStatement({ departments: pick(LINES, nth), stage: pick(STAGES, nth) }, page),
  },
  'of a unit, due by a day': {
    index: /listing_case_due\b/,
    ask: (nth) => worklistStatement({ departments: pick(LINES, nth), dueBy: pick(DAYS, nth) }, page),
  },
  'of a unit in one stage and division, due by a day': {
    index: /listing_case_due\b/,
    ask: (nth) =>
      worklistStatement(
        {
          departments: pick(LINES, nth),
          stage: pick(STAGES, nth),
          region: pick(REGIONS, nth),
          dueBy: pick(DAYS, nth),
        },
        page,
      ),
  },
  'late, of a unit': {
    index: /listing_case_overdue\b/,
    ask: (nth) => worklistStatement({ departments: pick(LINES, nth), overdue: true }, page),
  },
  'without the day of its decision clock, of a unit': {
    index: /listing_case_without_decision_day\b/,
    ask: (nth) =>
      worklistStatement({ departments: pick(LINES, nth), waitsForClock: true, listsByStatedDay }, page),
  },
  'without the day of its decision clock, of everywhere': {
    index: /listing_case_without_decision_day\b/,
    ask: (nth) =>
      worklistStatement(
        { waitsForClock: true, listsByStatedDay, listType: nth % 2 ? pick(LISTS, nth) : undefined },
        page,
      ),
  },
  'deep in a unit': {
    index: /listing_case_due\b/,
    ask: (nth) =>
      worklistStatement({ departments: pick(LINES, nth) }, { ...page, after: [pick(DAYS, nth), CURSOR] }),
  },
  'of everywhere': {
    index: /listing_case_due_of_stage\b/,
    ask: (nth) => worklistStatement({}, { limit: 50 + (nth % 2) }),
  },
  'of everywhere in one stage': {
    index: /listing_case_due_of_stage\b/,
    ask: (nth) => worklistStatement({ stage: pick(STAGES, nth) }, page),
  },
  'of everywhere, deep': {
    index: /listing_case_due_of_stage\b/,
    ask: (nth) => worklistStatement({}, { ...page, after: [pick(DAYS, nth), CURSOR] }),
  },
  'of a division': {
    index: /listing_case_due_of_region\b/,
    ask: (nth) => worklistStatement({ region: pick(REGIONS, nth) }, page),
    blocks: BLOCKS_OF_DIVISION,
  },
  'of a division in one stage, due by a day': {
    index: /listing_case_due_of_region\b/,
    ask: (nth) =>
      worklistStatement(
        { region: pick(REGIONS, nth), stage: pick(STAGES, nth), dueBy: pick(DAYS, nth) },
        page,
      ),
  },
  'of a list': {
    index: /listing_case_due_of_list\b/,
    ask: (nth) => worklistStatement({ listType: pick(LISTS, nth) }, page),
  },
  'of a list in a division': {
    index: /listing_case_due_of_(list_in_region|region|list)\b/,
    ask: (nth) => worklistStatement({ listType: pick(LISTS, nth), region: pick(REGIONS, nth) }, page),
    blocks: BLOCKS_OF_DIVISION,
  },
  'late, of everywhere': {
    index: /listing_case_overdue\b/,
    ask: (nth) => worklistStatement({ overdue: true, listType: pick(LISTS, nth) }, page),
  },
  'by a code': {
    index: /subject_code\b/,
    ask: (nth) => worklistStatement({ search: codeOf(nth) }, page),
  },
  'by a case number': {
    index: /listing_case_no_key\b/,
    ask: (nth) => worklistStatement({ search: `SAMR-1999-${1 + ((nth * 97) % CASES)}` }, page),
  },
  'cases of a party': {
    index: /listing_case_subject\b/,
    ask: (nth) => listStatement({ visibleTo: { party: codeOf(nth) } }, page),
  },
  'cases of a subject, for a unit': {
    index: /listing_case_subject\b/,
    ask: (nth) => listStatement({ subject: codeOf(nth), visibleTo: { departments: pick(LINES, nth) } }, page),
  },
  'cases of a unit in one stage, newest first': {
    index: /listing_case_(worklist|due)\b/,
    ask: (nth) =>
      listStatement(
        {
          department: pick(pick(LINES, nth), nth),
          status: pick(STAGES, nth),
          visibleTo: { departments: pick(LINES, nth) },
        },
        page,
      ),
  },
  'by a name in most, of a unit': byName(NAMES.frequent, (nth) => ({ departments: pick(LINES, nth) })),
  'by a name in most, of everywhere': byName(NAMES.frequent, () => ({})),
  'by one name in a hundred, of a unit': byName(NAMES.common, (nth) => ({ departments: pick(LINES, nth) })),
  'by one name in a hundred, of everywhere': byName(NAMES.common, () => ({})),
  'by one name in some hundreds, of a unit': byName(NAMES.some, (nth) => ({ departments: pick(LINES, nth) })),
  'by one name in some hundreds, of everywhere': byName(NAMES.some, () => ({})),
  'by a rare name, of a unit': byName(NAMES.rare, (nth) => ({ departments: pick(LINES, nth) })),
  'by a rare name, of everywhere': byName(NAMES.rare, () => ({})),
  'by a name that nobody has': byName(['龘龘', '商贸食品', '没有这个'], () => ({})),
};

describe('a worklist', () => {
  it.each(Object.entries(questions))(
    '%s reads its index and a page of each run, whatever else there is',
    async (_which, { index, ask, blocks = BLOCKS }) => {
      for (let nth = 0; nth < 8; nth++) {
        const { plan, blocks: read } = await scale.planOf(ask(nth));
        expect(plan).not.toMatch(/Seq Scan on (listing_case|subject)/);
        expect(plan).toMatch(index);
        expect(read).toBeLessThanOrEqual(blocks);
      }
    },
  );

  it.each(Object.entries(questions))(
    '%s answers in time',
    async (which, { ask }) => {
      const { p50, p99 } = await scale.timesOf(RUNS, (nth) => {
        const { sql, values } = ask(nth);
        return scale.running.db.query(sql, values);
      });
      tell(`worklist ${which}`, { p50, p99 });
      // At the size of CI the machine says more about its load than about the plan.
      if (CASES >= MILLION) expect(p50).toBeLessThanOrEqual(P50_MS);
    },
    600_000,
  );

  it('answers in time over HTTP, to officers and auditors', async () => {
    const url = await scale.url();
    const officers = await Promise.all(
      LINES.map(async ([unit]) => ({
        authorization: `Bearer ${await issueToken(person('handler', unit!))}`,
      })),
    );
    const auditor: Actor = { kind: 'person', id: 'auditor', name: 'auditor', roles: ['auditor'] };
    const all = { authorization: `Bearer ${await issueToken(auditor)}` };
    const queries = [
      ...STAGES.map((stage) => `stage=${stage}`),
      ...DAYS.map((day) => `dueBy=${day}`),
      ...REGIONS.map((region) => `region=${region}`),
      'overdue=true',
      'waitsForClock=true',
      `search=${encodeURIComponent('赟骉')}`,
      '',
    ];
    const times = await scale.timesOf(RUNS, async (nth) => {
      const headers = nth % 5 === 0 ? all : pick(officers, nth);
      const answer = await fetch(`${url}/api/listings/worklist?${pick(queries, nth)}`, { headers });
      expect(answer.status).toBe(200);
      await answer.json();
    });
    tell('worklist over HTTP', times);
    if (CASES >= MILLION) expect(times.p50).toBeLessThanOrEqual(P50_MS);
  }, 600_000);
});

describe('reports', () => {
  it('statistics by list read the dates of the cases from their index, and no case', async () => {
    const { plan } = await scale.planOf(statisticsStatement('2025-12-31', 'list'));
    expect(plan).toMatch(/Index Only Scan using listing_case_dates/);
    expect(plan).not.toMatch(/Seq Scan on listing_case/);
  });

  it.each<[string, (nth: number) => string]>([
    ['late duties', () => 'overdue'],
    ['statistics by list', (nth) => `statistics?asOf=${pick(DAYS, nth)}`],
  ])(
    '%s are told',
    async (what, path) => {
      const url = await scale.url();
      const headers = {
        authorization: `Bearer ${await issueToken(person('handler', 'hlj.market-regulation'))}`,
      };
      const times = await scale.timesOf(10, async (nth) => {
        const answer = await fetch(`${url}/api/listings/${path(nth)}`, { headers });
        expect(answer.status).toBe(200);
        await answer.json();
      });
      tell(`${what} over HTTP`, times);
    },
    600_000,
  );
});

function tell(what: string, { p50, p99 }: Times): void {
  process.stdout.write(`${CASES} cases, ${what}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms\n`);
}
