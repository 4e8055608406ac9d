import type { Status } from '../../src/domain/case/case.js';
import type { Command, CommandOf } from '../../src/domain/case/commands.js';
import { DECIDED, UNDECIDED } from '../../src/domain/case/lifecycle.js';
import type { ObjectionFactType } from '../../src/domain/objection/facts.js';
import type { ObjectionAction } from '../../src/domain/objection/lifecycle.js';
import {
  FileStory,
  granted,
  type Of,
  type Standing,
  standing,
  type Taken,
  TELECOM,
  TODAY,
  WAGE,
} from '../file-story.js';
import { penalty, type Person, REQUEST, suspensionRequest } from '../story.js';

/** How a step reaches the service. */
export type Asked =
  /** over HTTP, at the principal's case */
  | { over: 'http'; who: Person; command: Command }
  /** by the sweep of one clock, of the case or of an objection */
  | { over: 'sweep'; clock: string }
  /** by an event that the inbox hears */
  | { over: 'event'; command: Command }
  /** as a step of the objection */
  | { over: 'objection' };

/** A request about an objection: to file it, or `:help` standing for the id of its request for help. */
export interface ObjectionRequest {
  who: Person | 'helper';
  path: string;
  body: object;
}

/** An objection to the entry, and the row of its own table that the step goes along. */
export interface OfObjection {
  /** Its filing, and the steps before, as they are taken beforehand; empty: it is filed with the step. */
  before: readonly ObjectionRequest[];
  /** Where it is asked for at the objection. */
  step?: ObjectionRequest;
  row: { action: ObjectionAction; facts: readonly ObjectionFactType[] };
}

export interface CaseCut {
  /** Files of one subject, the one that is asked at first. */
  files: readonly FileStory[];
  asked: Asked;
  objection?: OfObjection;
  /** Every row that the step goes along, as it will be when it is taken: the stories stand before it. */
  takes: () => Taken[];
}

export const LATER = ['ended', 'closed'] as const;
export const FROM_THE_DECISION = [...DECIDED, ...LATER] as const;
export const NOT_RESTING = [...UNDECIDED, ...FROM_THE_DECISION] as const;

/** What an act of the stories was to the parties of these files. */
export function takenBy(files: readonly FileStory[], act: () => void): Taken[] {
  const already = files.map(({ taken }) => taken.length);
  act();
  return files.flatMap(({ taken }, index) => taken.slice(already[index]));
}

/** A person asks for it. */
export function asks(who: Person, command: Command, file: FileStory): CaseCut {
  const files = [file.on(TODAY)];
  return {
    files,
    asked: { over: 'http', who, command },
    takes: () => takenBy(files, () => file.does(who, command)),
  };
}

/** The sweep comes round to that clock of the case. */
export function sweeps(command: Command, clock: string, file: FileStory): CaseCut {
  const files = [file.on(TODAY)];
  return {
    files,
    asked: { over: 'sweep', clock },
    takes: () => takenBy(files, () => file.does('platform', command)),
  };
}

/** Another service tells what brings it about. */
export function hears(command: Command, file: FileStory): CaseCut {
  const files = [file.on(TODAY)];
  return {
    files,
    asked: { over: 'event', command },
    takes: () => takenBy(files, () => file.does('platform', command)),
  };
}

/** No list of the seeds asks for consent and has a decision clock from a stated day; a version of one may. */
function consented(of: Of = WAGE): FileStory {
  const file = standing('reviewed', { of });
  for (const story of file.parties) {
    const { state } = story;
    if (state.status !== 'reviewed') throw new Error(state.status);
    const given = { granted: true, text: '同意（虚构）', on: state.review.on, by: state.review.by };
    story.state = { ...state, status: 'consented', consent: given };
  }
  return file;
}

/** A file in that status today, as far as the seeds lead there. */
export const at = (status: Status, how: Standing = {}): FileStory =>
  status === 'consented' ? consented(how.of) : standing(status, how);

export const withdrawal: Command = { type: 'withdrawal', reason: '有误（虚构）', ground: 'other' };
export const revocation: Command = { type: 'revocation', reason: '认定事实有误（虚构）' };
export const corrects: Command = {
  type: 'correction',
  corrected: { reasons: '更正后的理由（虚构）' },
  reasons: '录入有误',
};
export const corrected: CommandOf<'correct-basis'> = {
  type: 'correct-basis',
  record: { ...penalty, documentNo: '（虚构）罚〔2024〕1号之更正' },
};
export const loses: Command = {
  type: 'lose-basis',
  recordId: penalty.id,
  cause: 'revoked',
  reason: '撤销（虚构）',
};
export const falls: Command = {
  type: 'false-application',
  requestId: REQUEST,
  cause: 'false-material',
  reasons: '凭证系伪造（虚构）',
};

/** Provisionally, for an approved bankruptcy plan. */
export function lifted(): FileStory {
  return granted(at('in-force').on('2028-06-05').does('party', suspensionRequest('2028-06-01')));
}

/** Telecom fraud: the list whose procedure of objection has material named; its term ends by itself. */
export function frauds(status: (typeof FROM_THE_DECISION)[number]): FileStory {
  if (status !== 'ended' && status !== 'closed') return at(status, { of: TELECOM, unpublished: true });
  const file = at('in-force', { of: TELECOM, from: '2026-09-07', unpublished: true });
  file.on('2029-04-23').does('platform', { type: 'expire' });
  return status === 'closed' ? file.does('platform', { type: 'close', receipts: [] }) : file;
}
