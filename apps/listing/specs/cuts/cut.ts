import { randomUUID } from 'node:crypto';
import {
  type Contract,
  type DataOf,
  noticeDelivered,
  recordCorrected,
  recordCorrectionApplied,
  type RecordRef,
  recordWithdrawn,
  subjectChanged,
  type SubjectRef,
} from '#contracts';
import type { Actor } from '#platform';
import { issueToken } from '#testing';
import { type ListingCase, partyOf } from '../../src/domain/case/case.js';
import type { Command } from '../../src/domain/case/commands.js';
import type { DrawnTable } from '../../src/domain/case/drawing.js';
import type { Units } from '../../src/store/units.js';
import type { CaseCut, ObjectionRequest, OfObjection } from './case-cut.js';
import type { Desk } from '../desk.js';
import { TODAY } from '../file-story.js';
import type { KillableListing } from '../killable-listing.js';
import { partyLogin, person, ROLES } from '../people.js';
import type { PutFile } from '../put-cases.js';
import { noticeOf, refOf } from '../receipts.js';
import { people, type Person } from '../story.js';

/** A row of a lifecycle table that a step goes along. */
export interface Row {
  table: DrawnTable;
  /** null: it begins with the step */
  id: string | null;
  action: string;
  /** What its history tells of it; of what has no history the status in which it is then. */
  facts: readonly string[];
}

/** A step that is cut off by kill -9, and what it brings about once. */
export interface Cut {
  rows: readonly Row[];
  /** Asked in the same words each time; absent: the sweep comes round to it. */
  take?: (listing: KillableListing) => Promise<unknown>;
  /** Of these one waits for the other, so that they cannot be under way at once. */
  oneOf?: string;
}

/** One of the people of a story, as a login of the unit that has the case. */
export function loginOf(who: Person, state: ListingCase, units: Units): Actor {
  if (who === 'party') return partyLogin(partyOf(state.subject));
  const { id, name } = people[who];
  const department = who === 'superior' ? units.superiorOf(state.department)! : state.department;
  return { kind: 'person', id, name, department, region: '230000', roles: [ROLES[who]!] };
}

/** @returns what sends it: with one key each time, and the version that was read before the first */
export async function posting(
  actor: Actor,
  path: string,
  body: object,
  version?: number,
): Promise<NonNullable<Cut['take']>> {
  const token = await issueToken(actor);
  const of = { key: randomUUID(), ...(version === undefined ? {} : { ifMatch: `"${version}"` }) };
  return async (listing) => {
    const answer = await listing.post(token, path, body, of);
    if (answer.status >= 300) throw new Refused(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
}

/** The service refuses what is asked in the words of a story, which no story expects. */
export class Refused extends Error {}

/** What the service hears from another. */
export function telling<C extends Contract>(
  contract: C,
  subject: string,
  data: DataOf<C>,
): NonNullable<Cut['take']> {
  return (listing) => listing.ask({ do: 'tell', type: contract.type, subject, data });
}

/** The decision behind a record was revoked. */
export const withdrawing = (subject: SubjectRef, record: RecordRef): NonNullable<Cut['take']> =>
  telling(recordWithdrawn, subject.id, {
    ...recordWithdrawn.sample,
    record,
    subject,
    cause: 'revoked',
    reason: '撤销（虚构）',
    withdrawnOn: TODAY,
  });

/** The request by which a person takes a step of a case: its path below the case, and its body. */
export function requestOf(command: Command): { path: string; body: object } {
  switch (command.type) {
    case 'letter': {
      const { type: _, letterId: __, unitName: ___, ...body } = command;
      return { path: 'letters', body };
    }
    case 'letter-answer': {
      const { type: _, letterId, ...body } = command;
      return { path: `letters/${letterId}/answer`, body };
    }
    case 'repair-request':
    case 'suspension-request':
    case 'site-repair-request': {
      const { correctedOn, commitment, statement, materials } = command;
      const asked = { correctedOn, commitment, statement, materials };
      if (command.type === 'suspension-request')
        return { path: 'repairs', body: { aim: 'suspension', rulingNo: command.rulingNo, ...asked } };
      return {
        path: 'repairs',
        body: { aim: command.type === 'repair-request' ? 'removal' : 'site', ...asked },
      };
    }
    case 'repair-supplement': {
      // Papers come with files, that are uploaded before.
      const { signedBy, signedOn } = command.handingIn.commitment!;
      const commitment = { template: 'ndrc-36/1', signedBy, signedOn };
      return { path: `repairs/${command.requestId}/supplement`, body: { commitment } };
    }
    case 'repair-acceptance':
    case 'repair-verification':
    case 'repair-extension':
    case 'repair-withdrawal':
    case 'repair-decision':
    case 'false-application': {
      const { type, requestId, ...body } = command;
      return { path: `repairs/${requestId}/${type.replace('repair-', '')}`, body };
    }
    default: {
      const { type: path, ...body } = command;
      return { path, body };
    }
  }
}

/** Where steps are prepared: a running service whose clock stands at the day of all of them. */
export interface World {
  desk: Desk;
  units: Units;
}

/** Turns a step of the stories into one that a process is asked for. */
export async function cutOf(
  { files, asked, takes, objection }: CaseCut,
  put: readonly PutFile[],
  { desk, units }: World,
): Promise<Cut> {
  const [file] = put as [PutFile];
  const { id, state, fileVersion, own } = file;
  const open = objection && (await objected(objection, file, { desk, units }));
  const rows = takes()
    .filter(({ facts }) => facts.length > 0)
    .map(({ story, action, facts }): Row => {
      const { idOf } = put[files.findIndex(({ parties }) => parties.includes(story))]!;
      return { table: 'lifecycle', id: idOf(story), action, facts };
    });
  if (objection) rows.push({ table: 'objection', id: open!.id, ...objection.row });
  switch (asked.over) {
    case 'sweep':
      return { rows };
    case 'event':
      return { rows, take: heard(own(asked.command), file) };
    case 'objection': {
      const step = objection!.step!;
      const version = open!.id === null ? undefined : open!.version;
      const take = posting(askedBy(step, state, units), addressOf(step, id, open!), own(step.body), version);
      return { rows, take: await take };
    }
    case 'http': {
      const { path, body } = requestOf(own(asked.command));
      const actor = loginOf(asked.who, state, units);
      return { rows, take: await posting(actor, `/api/listings/${id}/${path}`, body, fileVersion) };
    }
    default:
      return asked satisfies never;
  }
}

/** The objection as it lies there after the steps before; not yet where the step files it. */
interface Objected {
  id: string | null;
  version: number;
  help: string | undefined;
}

async function objected(
  { before }: OfObjection,
  { id: caseId, state, own }: PutFile,
  { desk, units }: World,
): Promise<Objected> {
  let known: Objected = { id: null, version: 0, help: undefined };
  for (const request of before) {
    const actor = askedBy(request, state, units);
    const { status, body } = await desk.call(actor, 'POST', addressOf(request, caseId, known), {
      body: own(request.body),
      key: randomUUID(),
      ...(known.id === null ? {} : { ifMatch: `"${known.version}"` }),
    });
    if (status >= 300) throw new Refused(`${request.path}: ${status} ${JSON.stringify(body)}`);
    const help = (body['help'] as { id: string }[] | undefined)?.[0]?.id;
    known = { id: String(body['id']), version: Number(body['version']), help };
  }
  return known;
}

function addressOf({ path }: ObjectionRequest, caseId: string, { id, help }: Objected): string {
  if (id === null) return `/api/listings/${caseId}/objections`;
  return `/api/objections/${id}/${path.replace(':help', help ?? '')}`;
}

function askedBy({ who }: ObjectionRequest, state: ListingCase, units: Units): Actor {
  return who === 'helper' ? person('handler', 'hlj.finance') : loginOf(who, state, units);
}

/** The events by which other services bring a step about. */
function heard(command: Command, { state, subject, record }: PutFile): NonNullable<Cut['take']> {
  switch (command.type) {
    case 'lose-basis':
      return withdrawing(subject, record);
    case 'correct-basis': {
      const { documentNo } = command.record;
      const right = { ...record, documentNo };
      return telling(recordCorrected, subject.id, {
        ...recordCorrected.sample,
        ...{ record: right, subject, changed: [] },
      });
    }
    case 'follow-name':
      return telling(subjectChanged, subject.id, {
        ...subjectChanged.sample,
        subject: { ...subject, name: command.to },
      });
    case 'confirm-correction':
      return telling(recordCorrectionApplied, subject.id, {
        ...{ case: refOf(state), subject },
        ...{ correction: command.number, appliedOn: TODAY },
      } as DataOf<typeof recordCorrectionApplied>);
    case 'close':
      return telling(
        noticeDelivered,
        subject.id,
        noticeOf(state.id, subject.id, { kind: 'party', id: partyOf(state.subject) }),
      );
    default:
      throw new Error(`no event brings ${command.type} about by itself`);
  }
}
