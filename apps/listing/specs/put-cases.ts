import { v7 as uuidv7 } from 'uuid';
import { recordAccepted, type RecordRef, type SubjectRef } from '#contracts';
import { scheduleAll } from '#deadlines';
import { type Actor, Clock, type Tx } from '#platform';
import type { ListingCase } from '../src/domain/case/case.js';
import type { Fact } from '../src/domain/case/facts.js';
import type { ReceiptKind } from '../src/domain/ending/receipt.js';
import { missingReceipts } from '../src/domain/ending/closure.js';
import { instantOf, runningClocks } from '../src/domain/term/clocks.js';
import { Cases } from '../src/store/cases.js';
import { Closures } from '../src/store/closures.js';
import { History } from '../src/store/history.js';
import { Records } from '../src/store/records.js';
import { Register } from '../src/store/register.js';
import { Repairs } from '../src/store/repairs.js';
import { RuleBook } from '../src/store/rule-book.js';
import { Subjects } from '../src/store/subjects.js';
import { Units } from '../src/store/units.js';
import { fictitiousCode } from './desk.js';
import type { FileStory } from './file-story.js';
import type { RunningListing } from './running-listing.js';
import { enterprise, type Story } from './story.js';

/** A story's file as it now lies in a database, under ids of its own. */
export interface PutFile {
  id: string;
  state: ListingCase;
  /** What a change of it must name: the versions of all its parties. */
  fileVersion: number;
  subject: SubjectRef;
  record: RecordRef;
  /** What the story says, with the ids under which it lies here. */
  own: <T>(value: T) => T;
  idOf: (story: Story) => string;
}

const UUIDS = /0192f0c4-6c00-7000-8000-[0-9a-f]{12}/g;
const NUMBERS = /[A-Z]+-2024-0000\d\d/g;
const clerk: Actor = { kind: 'system', id: 'system.elsewhere', name: 'elsewhere', roles: [] };
let numbered = 0;

/** Files of one subject that are to lie there. */
export interface Wanted {
  files: readonly FileStory[];
  /** The clock that the sweep has not come round to, though its day is past; others of which that is so do not run. */
  swept?: string;
  /** Everything that shows the end of the listing has come, but this. */
  awaits?: ReceiptKind;
}

interface Told {
  state: ListingCase;
  first: ListingCase;
  opened: Fact;
  facts: Fact[];
}

/**
 * Writes files by the service's own stores, as if their steps had been taken: case, history, requests, register, and the
 * clocks that run. What a story tells after the opening is one change.
 */
export async function putFiles(
  { app }: RunningListing,
  tx: Tx,
  wanted: readonly Wanted[],
): Promise<PutFile[][]> {
  const now = app.get(Clock).now();
  const all: (Told & Omit<Wanted, 'files'>)[] = [];
  const put: PutFile[][] = [];
  for (const { files, ...of } of wanted) {
    const ids = new Map<string, string>();
    const code = fictitiousCode();
    const own = files.map(() => ownWords(ids, code));
    put.push(
      files.map(({ parties }, index) => {
        const told = parties.map(({ state, first, opened, facts }) =>
          own[index]!({ state, first, opened, facts }),
        );
        all.push(...told.map((one) => ({ ...one, ...of })));
        return putFile(told, own[index]!);
      }),
    );
  }
  for (const { subject, record } of put.flat()) {
    await app.get(Subjects).hear(tx, subject, now.toISOString());
    await app.get(Records).hear(tx, record, subject.id, now.toISOString());
  }
  for (const { first } of all) {
    await app.get(Subjects).hear(tx, first.subject, now.toISOString());
    await app.get(Cases).insert(tx, first, app.get(Units).regionOf(first.department));
  }
  const changed = all.filter(({ facts }) => facts.length > 0);
  await app.get(Cases).update(
    tx,
    changed.map(({ state }) => ({ state, version: 1 })),
  );
  const told = ({ state: { id, rulesVersion } }: Told, version: number, facts: readonly Fact[]) => ({
    ...{ id, version, rulesVersion },
    told: facts.map((fact) => ({ fact, eventId: null })),
  });
  const history = app.get(History);
  await history.append(
    tx,
    all.map((one) => told(one, 1, [one.opened])),
    clerk,
    now,
  );
  await history.append(
    tx,
    changed.map((one) => told(one, 2, one.facts)),
    clerk,
    now,
  );
  await app.get(Repairs).follow(
    tx,
    changed.map(({ state: { id }, facts }) => ({ id, facts })),
  );
  const today = app.get(Clock).today();
  await app.get(Register).follow(
    tx,
    changed.map(({ state: after }) => {
      const { list } = app.get(RuleBook).rulesFor(after, today);
      return { before: undefined, after, list };
    }),
  );
  await scheduleAll(
    tx,
    all.flatMap(({ state, swept }) =>
      runningClocks(state)
        .filter((one) => one.clock === swept || instantOf(one) > now)
        .map((one) => ({
          kind: `listing.${one.clock}`,
          ref: one.letterId === undefined ? state.id : `${state.id}/${one.letterId}`,
          dueAt: instantOf(one),
        })),
    ),
  );
  for (const { state, awaits } of all)
    if (awaits && state.status === 'ended') await allButOne(app.get(Closures), tx, state, awaits, now);
  return put;
}

/** The words of a story under ids of its own, the same for all files of a subject. */
function ownWords(ids: Map<string, string>, code: string): PutFile['own'] {
  const numbers = new Map<string, string>();
  const number = (no: string) => `${no.split('-')[0]}-1999-${String(++numbered).padStart(6, '0')}`;
  return <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value)
        .replace(UUIDS, (id) => fresh(ids, id, uuidv7))
        .replace(NUMBERS, (no) => fresh(numbers, no, () => number(no)))
        .replaceAll(enterprise.code!, code),
    ) as T;
}

function putFile(told: readonly Told[], own: PutFile['own']): PutFile {
  const { state, first } = told[0]!;
  // As the record was when the case was opened on it.
  const { id, documentNo, decidedOn } = first.records[0]!;
  return {
    id: state.id,
    state,
    fileVersion: told.reduce((sum, { facts }) => sum + (facts.length > 0 ? 2 : 1), 0),
    subject: state.subject,
    record: { ...recordAccepted.sample.record, id, documentNo, decidedOn },
    own,
    idOf: (story) => own(story.state.id),
  };
}

async function allButOne(
  closures: Closures,
  tx: Tx,
  state: ListingCase & { status: 'ended' },
  awaited: ReceiptKind,
  now: Date,
): Promise<void> {
  await closures.hearOrders(tx, state.id, 0);
  const missing = missingReceipts(state, await closures.of(tx, state.id));
  const at = now.toISOString();
  await closures.addReceipts(
    tx,
    missing
      .filter(({ kind }) => kind !== awaited)
      .map(({ kind, ref, from: by }) => ({ caseId: state.id, kind, ref, by, at, eventId: uuidv7() })),
  );
}

function fresh(known: Map<string, string>, key: string, make: () => string): string {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
