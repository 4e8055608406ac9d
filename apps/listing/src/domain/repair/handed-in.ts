import { defineRefusals, type LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import type { AttachmentRef } from '../attachment-ref.js';

/*
 * 申请材料: what was handed in for a request for repair. Order 36 art. 15 asks for proof that the conduct was corrected and
 * the duties performed, and for the commitment (信用承诺书); art. 20 for the ruling that approved a plan. Behind each lie
 * files of the case, so that whoever accepts, verifies and decides sees what the party has shown.
 */

export const PAPER_KINDS = ['proof', 'ruling', 'other'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** A material that a rule asks for. */
export interface Demand {
  kind: 'proof' | 'commitment' | 'ruling';
  zh: string;
  article: string;
}

/** What a credit-repair rule says of the materials; absent where its text says nothing, or was not read. */
export interface MaterialLaw {
  materials?: readonly (Demand & { for: 'repair' | 'plan' })[];
  /** Words of the commitment, by version. */
  commitment?: { template: string; zh: string };
}

interface HandedInBy {
  on: LocalDate;
  by: Hand;
  /** Entered by a handler, from paper at the counter. */
  onBehalf: boolean;
}

export interface Paper extends HandedInBy {
  kind: PaperKind;
  name: string;
  files: AttachmentRef[];
}

export interface Commitment extends HandedInBy {
  /** The version whose words were signed; null: own words. */
  template: string | null;
  text: string;
  signedBy: string;
  signedOn: LocalDate;
  /** The signed letter; none where the party stated it with its own login. */
  files: AttachmentRef[];
}

export interface HandedIn {
  /** By the rule of the day of the request. */
  demanded: Demand[];
  papers: Paper[];
  commitment: Commitment | null;
}

/** What somebody hands in: with the request, or later. */
export interface HandingIn {
  papers: { kind: PaperKind; name: string; files: AttachmentRef[] }[];
  commitment: {
    template: string | null;
    text: string | null;
    signedBy: string;
    signedOn: LocalDate;
    files: AttachmentRef[];
  } | null;
}

/** What is to be handed in, and the words of the commitment, told before anybody asks. */
export function toHandIn(law: MaterialLaw | null): {
  materials: NonNullable<MaterialLaw['materials']>;
  commitment: NonNullable<MaterialLaw['commitment']> | null;
} {
  return { materials: law?.materials ?? [], commitment: law?.commitment ?? null };
}

/** Nothing yet, with what the rule asks for. */
export function nothingHandedIn(law: MaterialLaw | null, aim: 'repair' | 'plan'): HandedIn {
  const demanded = (law?.materials ?? []).filter((one) => one.for === aim);
  return {
    demanded: demanded.map(({ kind, zh, article }) => ({ kind, zh, article })),
    papers: [],
    commitment: null,
  };
}

/**
 * What is there with what comes in. A commitment that is signed anew takes the place of the one before, which the
 * history keeps.
 *
 * @throws Refusal `repair.paper-without-file`, `repair.commitment-text-missing`, `repair.commitment-template-unknown`,
 *   `repair.signed-in-future`, `repair.commitment-unsigned`
 */
export function handIn(
  before: HandedIn,
  { papers, commitment }: HandingIn,
  law: MaterialLaw | null,
  { today: on, actor: by, byParty }: { today: LocalDate; actor: Hand; byParty: boolean },
): HandedIn {
  const hand: HandedInBy = { on, by, onBehalf: !byParty };
  const empty = papers.find(({ files }) => files.length === 0);
  if (empty) throw handedInRefusals.refusal('repair.paper-without-file', { name: empty.name }, 'handedIn');
  return {
    demanded: before.demanded,
    papers: [...before.papers, ...papers.map((paper) => ({ ...paper, ...hand }))],
    commitment: commitment ? { ...signed(commitment, law, hand), ...hand } : before.commitment,
  };
}

function signed(
  { template, text, signedBy, signedOn, files }: NonNullable<HandingIn['commitment']>,
  law: MaterialLaw | null,
  { on: today, onBehalf }: HandedInBy,
): Omit<Commitment, keyof HandedInBy> {
  const known = law?.commitment;
  if (template !== null && template !== known?.template) {
    const facts = { template, known: known?.template ?? '—' };
    throw handedInRefusals.refusal('repair.commitment-template-unknown', facts, 'handedIn');
  }
  const words = template === null ? text : (known?.zh ?? null);
  if (words === null || words.trim() === '')
    throw handedInRefusals.refusal('repair.commitment-text-missing', {}, 'handedIn');
  if (signedOn > today)
    throw handedInRefusals.refusal('repair.signed-in-future', { signedOn, today }, 'handedIn');
  // The party's own login stands for its signature; a handler shows the letter that was signed.
  if (onBehalf && files.length === 0)
    throw handedInRefusals.refusal('repair.commitment-unsigned', {}, 'handedIn');
  return { template, text: words, signedBy, signedOn, files };
}

/** What the rule asks for and nothing lies behind; nothing is asked of requests from before it was kept. */
export function missingMaterials(handedIn: HandedIn | undefined): Demand[] {
  if (!handedIn) return [];
  const { demanded, papers, commitment } = handedIn;
  return demanded.filter(({ kind }) =>
    kind === 'commitment' ? commitment === null : !papers.some((paper) => paper.kind === kind),
  );
}

/**
 * 申请材料齐全且符合要求的,应当予以受理 (order 36 art. 16): what is not complete cannot be accepted as complete.
 *
 * @throws Refusal `repair.materials-missing`
 */
export function checkComplete(handedIn: HandedIn | undefined): void {
  const missing = missingMaterials(handedIn);
  if (missing.length === 0) return;
  const facts = {
    missing: missing.map(({ kind }) => kind).join(', '),
    missingZh: missing.map(({ zh, article }) => `${zh}（第${article}条）`).join('、'),
  };
  throw handedInRefusals.refusal('repair.materials-missing', facts);
}

/** Who took papers in for the party: they handled the request. */
export function tookIn(handedIn: HandedIn | undefined): string[] {
  if (!handedIn) return [];
  const { papers, commitment } = handedIn;
  return [...papers, ...(commitment ? [commitment] : [])]
    .filter(({ onBehalf }) => onBehalf)
    .map(({ by }) => by.id);
}

export const handedInRefusals = defineRefusals({
  'repair.materials-missing': {
    kind: 'conflict',
    zh: '申请材料不齐全,缺少: {missingZh}',
    en: 'The materials are not complete; nothing was handed in as: {missing}.',
    cureZh:
      '由申请人补正(POST …/supplement),或者由承办人扫描纸质材料后代为录入;否则以 accepted: false 一次性告知',
    cureEn:
      'Have the party hand it in (POST …/supplement), scan and enter what came on paper, or answer accepted: false with the one-time list.',
  },
  'repair.paper-without-file': {
    kind: 'invalid',
    zh: '材料“{name}”没有附件',
    en: 'No file lies behind “{name}”.',
    cureZh: '先上传附件(POST …/attachments),再在 files 填写其编号',
    cureEn: 'Upload it first (POST …/attachments) and name it by its id in files.',
  },
  'repair.commitment-text-missing': {
    kind: 'invalid',
    zh: '信用承诺书没有内容',
    en: 'The commitment says nothing.',
    cureZh: '填写 template(使用规定的文本)或者 text(自拟文本)',
    cureEn: 'Send template for the words of the rule, or text for words of your own.',
  },
  'repair.commitment-template-unknown': {
    kind: 'invalid',
    zh: '没有承诺书文本 {template},现行文本为 {known}',
    en: 'There is no commitment text {template}; the one in force is {known}.',
    cureZh: '使用资格查询(GET …/eligibility)给出的文本',
    cureEn: 'Take the one that GET …/eligibility gives.',
  },
  'repair.signed-in-future': {
    kind: 'invalid',
    zh: '承诺书签署日期 {signedOn} 晚于今日({today})',
    en: 'The commitment is signed on {signedOn}, after today ({today}).',
    cureZh: '核对日期',
    cureEn: 'Check the day.',
  },
  'repair.commitment-unsigned': {
    kind: 'invalid',
    zh: '代为录入的承诺书须附申请人签署的原件扫描件',
    en: 'A commitment that is entered for the party needs the letter that it signed.',
    cureZh: '扫描后上传(POST …/attachments),在 files 填写其编号',
    cureEn: 'Scan and upload it (POST …/attachments), and name it in files.',
  },
});
