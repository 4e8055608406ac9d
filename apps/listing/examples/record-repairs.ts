import { type LocalDate, Refusal, type SubjectKind, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { enterprise } from '../specs/story.js';
import type { DishonestyKind } from '../src/domain/repair/site-publication.js';
import { requestRecordMasking } from '../src/domain/record-repair/masking.js';
import { type RecordToRepair, requestRecordRepair } from '../src/domain/record-repair/request.js';

/*
 * Worked examples of the repair of a penalty that carries no listing: when it was decided, how grave it is, when repair
 * is asked, and what follows. Read in docs/worked-examples.md, run by src/domain/worked-examples.spec.ts.
 */

export interface RepairHappened {
  decided: LocalDate;
  kind: DishonestyKind;
  category: string;
  /** Last day of publication by itself; left out: not published. */
  publishedUntil?: LocalDate;
  asked: LocalDate;
  subject?: SubjectKind;
  /** Sent by a market-regulation bureau, which has a repair rule of its own. */
  marketRegulation?: true;
  /** Not repair is asked, but that it be masked: while a plan is carried out, or its execution is stopped. */
  masking?: 'plan' | 'stay';
  /** An earlier application was found false: no other up to and with this day. */
  barredUntil?: LocalDate;
}

export interface RepairFollows {
  acceptanceDue?: LocalDate | null;
  decisionDue?: LocalDate | null;
  eligibleOn?: LocalDate;
  refusal?: string;
}

export interface RepairExample {
  shows: string;
  basis: string;
  happened: RepairHappened;
  follows: RepairFollows;
}

const order36 = '发展改革委令第36号第十二条、第十四条、第十六条';
const fine = {
  decided: '2026-04-06',
  kind: 'general',
  category: '罚款',
  publishedUntil: '2027-04-06',
} as const;

export const RECORD_REPAIRS: readonly RepairExample[] = [
  {
    shows: '一般失信信息最短公示三个月,届满之日尚未届满,不得申请',
    basis: order36,
    happened: { ...fine, asked: '2026-07-06' },
    follows: { refusal: 'repair.too-early', eligibleOn: '2026-07-07' },
  },
  {
    shows: '届满后的次日起可以申请;三个工作日内受理,受理后七个工作日内作出决定',
    basis: order36,
    happened: { ...fine, asked: '2026-07-07' },
    follows: { acceptanceDue: '2026-07-10', decisionDue: '2026-07-21' },
  },
  {
    shows: '严重失信信息最短公示一年',
    basis: order36,
    happened: {
      decided: '2026-04-07',
      kind: 'serious',
      category: '责令停产停业',
      publishedUntil: '2029-04-07',
      asked: '2026-07-07',
    },
    follows: { refusal: 'repair.too-early', eligibleOn: '2027-04-08' },
  },
  {
    shows: '最短公示期自文书之日起算,次年二月没有对应日的,以月末为届满日',
    basis: '发展改革委令第58号',
    happened: { ...fine, decided: '2024-11-30', publishedUntil: '2027-11-30', asked: '2025-02-28' },
    follows: { refusal: 'repair.too-early', eligibleOn: '2025-03-01' },
  },
  {
    shows: '2026年4月1日以前申请的,依当时的规定办理',
    basis: '发展改革委令第58号',
    happened: { ...fine, decided: '2025-06-02', publishedUntil: '2028-06-02', asked: '2025-09-03' },
    follows: { acceptanceDue: '2025-09-05', decisionDue: '2025-09-16' },
  },
  {
    shows: '2026年3月31日作出的处罚,不分轻重,最短公示三个月,最长三年',
    basis: '发展改革委令第58号',
    happened: {
      decided: '2026-03-31',
      kind: 'serious',
      category: '责令停产停业',
      publishedUntil: '2029-03-31',
      asked: '2026-06-30',
    },
    follows: { refusal: 'repair.too-early', eligibleOn: '2026-07-01' },
  },
  {
    shows: '2026年4月1日作出的同一处罚,最短公示一年',
    basis: '发展改革委令第36号第十条、第十二条、第三十条',
    happened: {
      decided: '2026-04-01',
      kind: 'serious',
      category: '责令停产停业',
      publishedUntil: '2029-04-01',
      asked: '2026-07-01',
    },
    follows: { refusal: 'repair.too-early', eligibleOn: '2027-04-02' },
  },
  {
    shows: '公示期依文书之日的规定,办理程序依申请之日的规定',
    basis: '发展改革委令第58号;第36号第十六条、第三十条',
    happened: { ...fine, decided: '2026-03-31', publishedUntil: '2029-03-31', asked: '2026-07-01' },
    follows: { acceptanceDue: '2026-07-06', decisionDue: '2026-07-15' },
  },
  {
    shows: '2026年4月1日作出的罚款,最短公示三个月、最长一年',
    basis: order36,
    happened: { ...fine, decided: '2026-04-01', publishedUntil: '2027-04-01', asked: '2026-07-01' },
    follows: { refusal: 'repair.too-early', eligibleOn: '2026-07-02' },
  },
  {
    shows: '轻微失信信息原则上不予公示,无需修复',
    basis: order36,
    happened: { decided: '2026-04-07', kind: 'minor', category: '警告', asked: '2026-07-07' },
    follows: { refusal: 'repair.not-published' },
  },
  {
    shows: '自然人的失信信息原则上不予公示',
    basis: order36,
    happened: { ...fine, asked: '2026-07-07', subject: 'natural-person' },
    follows: { refusal: 'repair.not-published' },
  },
  {
    shows: '最长公示期届满,自动停止公示',
    basis: order36,
    happened: { ...fine, asked: '2027-04-07' },
    follows: { refusal: 'repair.not-published' },
  },
  {
    shows: '市场监管领域依本领域的规定:二个工作日内受理',
    basis: '市场监管总局令第107号',
    happened: { ...fine, asked: '2026-07-07', marketRegulation: true },
    follows: { acceptanceDue: '2026-07-09', decisionDue: '2026-07-20' },
  },
  {
    shows: '市场监管领域吊销、降低资质、责令关闭的,不得提前修复',
    basis: '市场监管总局令第107号',
    happened: {
      decided: '2026-04-07',
      kind: 'serious',
      category: '吊销许可证件',
      publishedUntil: '2029-04-07',
      asked: '2026-07-07',
      marketRegulation: true,
    },
    follows: { refusal: 'repair.not-provided' },
  },
  {
    shows:
      '重整计划或者和解协议执行期间,最短公示期未满的处罚信息也可申请临时屏蔽,收到申请之日起十个工作日内办理',
    basis: '发展改革委令第36号第二十条',
    happened: { ...fine, asked: '2026-05-06', masking: 'plan' },
    // 2026-05-09 is a made-up Saturday.
    follows: { decisionDue: '2026-05-19' },
  },
  {
    shows: '2026年4月1日以前没有临时屏蔽的规定',
    basis: '发展改革委令第36号第二十条、第三十条',
    happened: {
      decided: '2025-06-03',
      kind: 'general',
      category: '罚款',
      publishedUntil: '2028-06-03',
      asked: '2026-03-31',
      masking: 'plan',
    },
    follows: { refusal: 'repair.masking-not-provided' },
  },
  {
    shows: '复议机关或者法院认定停止执行的,处罚信息暂停公示;规定没有办理期限',
    basis: '发展改革委令第36号第十九条',
    happened: { ...fine, asked: '2026-04-20', masking: 'stay' },
    follows: { decisionDue: null },
  },
  {
    shows: '因虚假申请限制期内,不得申请临时屏蔽',
    basis: '发展改革委令第36号第二十条、第二十五条',
    happened: { ...fine, asked: '2026-10-09', masking: 'plan', barredUntil: '2029-09-01' },
    follows: { refusal: 'repair.barred' },
  },
  {
    shows: '修复申请虚假的,三年内不得再申请;末日当天仍在期内',
    basis: '发展改革委令第36号第二十五条',
    happened: { ...fine, asked: '2026-10-09', barredUntil: '2026-10-09' },
    follows: { refusal: 'repair.barred' },
  },
];

/** What follows by the rules as they stand in the seeds. */
export function walkRepair({ happened }: RepairExample): RepairFollows {
  const { decided, kind, category, publishedUntil, asked: today, subject, barredUntil } = happened;
  const record: RecordToRepair = {
    id: '0192f0c4-6c00-7000-8000-0000000000a2',
    documentNo: '（虚构）罚〔2026〕7号',
    decidedOn: decided,
    severity: kind,
    category,
    publishedUntil: publishedUntil ?? null,
    department: happened.marketRegulation ? 'hlj.market-regulation' : 'hlj.housing',
    subject: subject ? { ...enterprise, kind: subject, code: null } : enterprise,
    withdrawn: false,
    repaired: false,
    listedBy: null,
    openRepair: null,
    barredUntil: barredUntil ?? null,
  };
  const rules = {
    laws: loadSeeds('repair-rules'),
    calendar: workingCalendar(loadSeeds('calendars')),
    conditionTexts: Object.fromEntries(loadSeeds('removal-conditions').map(({ code, zh }) => [code, zh])),
  };
  const application = {
    id: '0192f0c4-6c00-7000-8000-0000000000e1',
    correctedOn: today,
    commitment: true,
    statement: '已整改（虚构）',
    materials: [],
  };
  const actor = { id: 'party', name: 'party', department: null };
  try {
    const by = { today, actor };
    if (happened.masking) {
      const masking = { ...application, aim: happened.masking, rulingNo: '（虚构）（2026）黑01破1号之一' };
      return { decisionDue: requestRecordMasking(record, masking, rules, by).request.decisionDue };
    }
    const { request } = requestRecordRepair(record, application, rules, by);
    return { acceptanceDue: request.acceptanceDue, decisionDue: request.decisionDue };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { eligibleOn } = error.facts;
    return { refusal: error.code, ...(typeof eligibleOn === 'string' ? { eligibleOn } : {}) };
  }
}
