import type { Seeded } from './basis.js';

/** The letters of a case (文书). */
export const documentKinds = [
  'notice',
  'decision',
  'repair-notice',
  'removal-decision',
  'removal-refusal',
  'revocation',
  'final-repair',
  'false-application',
  'objection-decision',
  'objection-not-accepted',
  'objection-terminated',
  'objection-material',
  'review-decision',
  'oversight-letter',
  'performance-order',
  'accountability',
  'closure-certificate',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** A paragraph of a letter. `{name}` stands for a value of the case. */
export interface TemplateBlock {
  heading?: string;
  text?: string;
  /** The paragraph comes once for each item of this value. */
  each?: string;
  /** The paragraph comes only where the case has this value. */
  when?: string;
  /** The paragraph comes only where the case has not this value. */
  unless?: string;
  /** Set small: lines to be checked rather than read. */
  small?: boolean;
  /** Several items are counted （一）, （二） and end as the parts of one sentence. */
  numbered?: boolean;
  /** 主送机关: whom the letter is written to, set from the left edge. */
  addressee?: boolean;
}

/** The words of a letter, by version: what was issued keeps the version that it was issued with. */
export interface DocumentTemplate extends Seeded {
  id: string;
  version: number;
  kind: DocumentKind;
  /** Lists with a form of their own; null: every list that has none. */
  lists: string[] | null;
  title: string;
  blocks: TemplateBlock[];
}

const ofEvery = [
  'we',
  'you',
  'caseNo',
  'unitName',
  'listName',
  'subjectName',
  'subjectCode',
  'conduct',
  'records',
  'caseFields',
];
const ofDecided = ['decisionNo', 'decidedOn', 'decisionBasis', 'removalConditions', 'remedies'];
const ofAnswer = [...ofDecided, 'requestedOn', 'answeredOn', 'answerReasons'];
/** 信用中国's own clock, where the entry is shown there. */
const ofSite = ['siteFrom', 'siteUntil'];

/** Whether the party may ask to leave, in which way, and by when that is answered. */
const ofLeaving = ['earlyRemoval', 'onApplication', 'mayAsk', 'removalClocks'];

/** Values that a template of each kind may ask for. */
export const documentValues: Readonly<Record<DocumentKind, readonly string[]>> = {
  notice: [
    ...ofEvery,
    'noticeReasons',
    'noticeBasis',
    'defencePeriod',
    'defenceUntil',
    'hearingUntil',
    'sparing',
    'published',
    'disciplineNotice',
    'serious',
  ],
  decision: [
    ...ofEvery,
    ...ofDecided,
    'decisionReasons',
    'noticeNo',
    'noticedOn',
    'defence',
    'term',
    'effect',
    'published',
    'disciplineNotice',
    ...ofLeaving,
  ],
  'repair-notice': [...ofEvery, ...ofDecided, ...ofSite, ...ofLeaving],
  'removal-decision': [...ofEvery, ...ofAnswer, ...ofSite],
  'removal-refusal': [...ofEvery, ...ofAnswer],
  revocation: [...ofEvery, ...ofDecided, 'ordinance', 'endedOn', 'endReasons'],
  'final-repair': [...ofEvery, ...ofDecided, 'grantedOn', 'endedOn', 'endReasons'],
  'false-application': [
    ...ofEvery,
    ...ofDecided,
    'grantedOn',
    'foundOn',
    'foundCause',
    'foundReasons',
    'restored',
    'restoredUntil',
    'barredUntil',
    'barredForGood',
    'siteUntil',
  ],
  'objection-decision': [
    ...ofEvery,
    ...ofDecided,
    'objectionAbout',
    'objectionBasis',
    'objectionReasons',
    'objectionOutcome',
    'objectionRemedies',
  ],
  'objection-not-accepted': [
    ...ofEvery,
    ...ofDecided,
    'objectionAbout',
    'objectionBasis',
    'objectionReasons',
    'objectionRemedies',
  ],
  'objection-terminated': [...ofEvery, ...ofDecided, 'objectionAbout', 'objectionReasons'],
  'objection-material': [...ofEvery, ...ofDecided, 'objectionAbout', 'objectionMaterial'],
  'review-decision': [
    ...ofEvery,
    ...ofDecided,
    'decidedBy',
    'rejectionServedOn',
    'objectionBasis',
    'objectionAbout',
    'objectionReasons',
    'objectionOutcome',
    'objectionRemedies',
  ],
  'oversight-letter': [...ofEvery, ...ofDecided, 'addressee', 'letterText', 'answerDue'],
  'performance-order': [...ofEvery, ...ofDecided, 'interviewedOn', 'orderText', 'performBy'],
  accountability: [
    ...ofEvery,
    ...ofDecided,
    'orderNo',
    'orderedOn',
    'performBy',
    'accountabilityText',
    'publicPromise',
  ],
  'closure-certificate': [
    ...ofEvery,
    ...ofDecided,
    ...ofSite,
    'endedOn',
    'endKind',
    'closedOn',
    'receipts',
    'code',
    'verifyAt',
  ],
};
