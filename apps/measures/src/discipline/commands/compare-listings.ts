import { Injectable } from '@nestjs/common';
import { LinesDigest, SnapshotClient, type SnapshotEnd, type SnapshotLine } from '#messaging';
import { Clock, Database } from '#platform';
import { disciplineRefusals } from '../domain/refusals.js';
import {
  casesTold,
  type Difference,
  differenceOf,
  type KnownCase,
  type ToldCase,
} from '../domain/told-standing.js';

/** Lines that are looked up together. */
const CHUNK = 500;
/** Differences that are named; the rest is counted. */
const NAMED = 1_000;

export interface ListingDifference {
  kind: Difference;
  caseId: string;
  subjectId: string;
  /** undefined: unknown on that side */
  there: ToldCase | undefined;
  here: KnownCase | undefined;
}

/** What came of holding this service's listings against those of the service that decides them. */
export interface Comparison {
  comparedAt: string;
  /** subjects and cases that were compared */
  subjects: number;
  cases: number;
  /**
   * Subjects of which this service has not heard all that the snapshot knows: events on their way, or behind a dead
   * letter. One that is still behind in the next comparison has lost an event.
   */
  behind: { count: number; subjects: string[] };
  /** of which it has heard more by now */
  ahead: number;
  differences: ListingDifference[];
  /** differences beyond those that are named */
  more: number;
}

interface CaseRow extends KnownCase {
  caseId: string;
  subjectId: string;
}

/**
 * Holds the listings that this service knows against a snapshot of the service that decides them: what was never told,
 * or was lost on the way, stands in none of our own rows. Asked for by an operator, in whose name the snapshot is
 * fetched. Lines are read as they come; nothing is changed.
 */
@Injectable()
export class CompareListings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly snapshots: SnapshotClient,
  ) {}

  /** @throws Refusal `discipline.snapshot-incomplete`, and as {@link SnapshotClient.open} */
  async run(reason: string, authorization: string): Promise<Comparison> {
    const comparison: Comparison = {
      comparedAt: this.clock.now().toISOString(),
      subjects: 0,
      cases: 0,
      behind: { count: 0, subjects: [] },
      ahead: 0,
      differences: [],
      more: 0,
    };
    // Read before the snapshot is made: each of them must be in it.
    const untold = await this.#liveCases();
    const snapshot = await this.snapshots.open('listings', reason, authorization);
    try {
      let chunk: SnapshotLine[] = [];
      for await (const line of complete(snapshot.lines)) {
        chunk.push(line);
        if (chunk.length < CHUNK) continue;
        await this.#compare(chunk, untold, comparison);
        chunk = [];
      }
      await this.#compare(chunk, untold, comparison);
    } finally {
      await snapshot.cancel();
    }
    for (const { caseId, subjectId, ...here } of await this.#stillLive([...untold]))
      note(comparison, { kind: 'live-here-only', caseId, subjectId, there: undefined, here });
    return comparison;
  }

  async #compare(lines: readonly SnapshotLine[], untold: Set<string>, comparison: Comparison): Promise<void> {
    if (lines.length === 0) return;
    const subjects = lines.map(({ subject }) => subject);
    const heard = await this.#heardOf(subjects);
    const known = await this.#casesOf(subjects);
    for (const { subject, sequence, facts } of lines) {
      const told = casesTold(facts);
      for (const caseId of told.keys()) untold.delete(caseId);
      const position = heard.get(subject) ?? 0;
      if (position < sequence) {
        comparison.behind.count += 1;
        if (comparison.behind.subjects.length < 20) comparison.behind.subjects.push(subject);
        continue;
      }
      if (position > sequence) {
        comparison.ahead += 1;
        continue;
      }
      comparison.subjects += 1;
      const here = known.get(subject) ?? new Map<string, KnownCase>();
      for (const caseId of new Set([...told.keys(), ...here.keys()])) {
        const [of, as] = [told.get(caseId), here.get(caseId)];
        comparison.cases += 1;
        untold.delete(caseId);
        const kind = differenceOf(of, as);
        if (kind) note(comparison, { kind, caseId, subjectId: subject, there: of, here: as });
      }
    }
  }

  async #heardOf(subjects: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.database.query<{ key: string; last: number | null }>(
      `SELECT key, last_sequence AS last FROM messaging.position
       WHERE consumer = 'measures' AND topic = 'listings' AND key = ANY($1)`,
      [subjects],
    );
    return new Map(rows.map(({ key, last }) => [key, last ?? 0]));
  }

  async #casesOf(subjects: readonly string[]): Promise<Map<string, Map<string, KnownCase>>> {
    const { rows } = await this.database.query<CaseRow>(
      `SELECT case_id AS "caseId", subject_id AS "subjectId", standing, term_ends_on AS "termEndsOn"
       FROM discipline_case WHERE subject_id = ANY($1::uuid[])`,
      [subjects],
    );
    const known = new Map<string, Map<string, KnownCase>>();
    for (const { caseId, subjectId, ...as } of rows) {
      const own = known.get(subjectId) ?? new Map<string, KnownCase>();
      known.set(subjectId, own.set(caseId, as));
    }
    return known;
  }

  async #liveCases(): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>(
      `SELECT case_id AS id FROM discipline_case WHERE standing = 'live'`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** An end that was heard meanwhile is no difference. */
  async #stillLive(caseIds: readonly string[]): Promise<CaseRow[]> {
    if (caseIds.length === 0) return [];
    const { rows } = await this.database.query<CaseRow>(
      `SELECT case_id AS "caseId", subject_id AS "subjectId", standing, term_ends_on AS "termEndsOn"
       FROM discipline_case WHERE case_id = ANY($1::uuid[]) AND standing = 'live' ORDER BY case_id`,
      [caseIds],
    );
    return rows;
  }
}

function note(comparison: Comparison, difference: ListingDifference): void {
  if (comparison.differences.length < NAMED) comparison.differences.push(difference);
  else comparison.more += 1;
}

/**
 * The lines of a whole snapshot.
 *
 * @throws Refusal `discipline.snapshot-incomplete` behind the last line of one that broke off or was altered
 */
async function* complete(lines: AsyncIterable<string>): AsyncGenerator<SnapshotLine> {
  const digest = new LinesDigest();
  let subjects = 0;
  let end: SnapshotEnd | undefined;
  for await (const text of lines) {
    if (text.trim() === '') continue;
    const line = parsed(text);
    if ('facts' in line) {
      digest.add(text);
      subjects += 1;
      yield line;
    } else end = line;
  }
  if (!end) incomplete('its last line is missing');
  else if (end.subjects !== subjects) incomplete(`${end.subjects} subjects were announced, ${subjects} came`);
  else if (end.sha256 !== digest.hex()) incomplete('its lines are not those that were given out');
}

function parsed(text: string): SnapshotLine | SnapshotEnd {
  try {
    return JSON.parse(text) as SnapshotLine | SnapshotEnd;
  } catch {
    return incomplete('a line is no JSON');
  }
}

function incomplete(fault: string): never {
  throw disciplineRefusals.refusal('discipline.snapshot-incomplete', { fault });
}
