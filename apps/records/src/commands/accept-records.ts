import { Injectable } from '@nestjs/common';
import type { RecordRef } from '#contracts';
import type { LocalDate, Refusal } from '#kernel';
import { publishAll } from '#messaging';
import { Clock, newId, type Tx } from '#platform';
import { Catalogue } from '../catalogue/catalogue.js';
import type { CheckedPayload, RowCheck } from '../catalogue/row-check.js';
import { arrivalOf, type Earlier } from '../domain/duplicate.js';
import { contentOf, naturalKeyOf } from '../domain/natural-key.js';
import { factsOf } from '../domain/record-facts.js';
import type { RecordType } from '../domain/record-type.js';
import { recordRef, tellAccepted, tellRegistered } from '../events/outbox.js';
import { FieldSealer } from '../sealing/field-sealer.js';
import type { EarlierRow, NewRecordRow } from '../store/record.row.js';
import { RecordsStore } from '../store/records.store.js';
import type { SubjectRow } from '../store/subject.row.js';
import { PayloadSealer } from './payload-sealer.js';
import type { Provider } from './provider.js';
import { SubjectRegistrar } from './subject-registrar.js';

export type Checked = Extract<CheckedPayload, { ok: true }>;

export interface Arriving {
  checked: Checked;
  /** of the file, null for a single push */
  line: number | null;
}

export type Outcome =
  | { as: 'accepted'; record: RecordRef; subject: SubjectRow }
  | { as: 'duplicate'; id: string }
  | { as: 'refused'; refusal: Refusal };

interface Candidate extends Arriving {
  naturalKey: Buffer;
  content: Buffer;
  about: { documentNo: string; field: string };
}

/**
 * Takes checked records into the caller's transaction, one or five hundred by the same statements: what came
 * before is read, missing subjects are registered, records inserted, events written. Every step locks its
 * rows in one order (code, natural key, stream), so that two such transactions cannot wait for each other.
 */
@Injectable()
export class AcceptRecords {
  constructor(
    private readonly records: RecordsStore,
    private readonly registrar: SubjectRegistrar,
    private readonly catalogue: Catalogue,
    private readonly sealer: FieldSealer,
    private readonly payloads: PayloadSealer,
    private readonly clock: Clock,
  ) {}

  /** @returns what became of each, in the order given */
  async accept(
    tx: Tx,
    check: RowCheck,
    arriving: readonly Arriving[],
    provider: Provider,
    batchId: string | null = null,
  ): Promise<Outcome[]> {
    const { type } = check;
    const candidates = arriving.map((one) => this.#candidate(type, one));
    const outcomes = new Array<Outcome>(candidates.length);
    const earlier = await this.#earlier(tx, type.id, candidates);
    const fresh: number[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const key = candidate.naturalKey.toString('hex');
      const arrival = arrivalOf(
        (earlier.get(key) ?? []).map((row) => earlierOf(row, candidate)),
        candidate.about,
      );
      if (arrival.as !== 'new') outcomes[index] = arrival;
      else {
        fresh.push(index);
        // A second row of the same document in this chunk meets the first one here.
        earlier.set(key, [
          {
            id: '',
            natural_key: candidate.naturalKey,
            content: candidate.content,
            status: 'counted',
            withdrawn_on: null,
            withdrawn_cause: null,
          },
        ]);
      }
    }
    await this.#insert(tx, type, candidates, fresh, outcomes, provider, batchId);
    return outcomes;
  }

  async #insert(
    tx: Tx,
    type: RecordType,
    candidates: readonly Candidate[],
    fresh: readonly number[],
    outcomes: Outcome[],
    provider: Provider,
    batchId: string | null,
  ): Promise<void> {
    if (fresh.length === 0) return;
    const newcomers = fresh.map((index) => {
      const { identity, subjectName } = candidates[index]!.checked;
      return { identity, name: subjectName };
    });
    const subjects = await this.registrar.register(tx, newcomers, provider);
    const subjectOf = (index: number): { row: SubjectRow; created: boolean } =>
      subjects.get(this.registrar.keyOf(candidates[index]!.checked.identity))!;
    const rows = new Map(
      fresh.map((index) => [index, this.#row(type, candidates[index]!, subjectOf(index).row)]),
    );
    const intake = {
      type: type.id,
      typeVersion: type.version,
      provider: provider.unit,
      batchId,
      at: this.clock.now(),
      by: provider.actor,
    };
    const inserted = await this.records.insert(tx, intake, [...rows.values()]);

    const accepted: { record: RecordRef; subject: SubjectRow }[] = [];
    const late: number[] = [];
    for (const [index, row] of rows) {
      if (!inserted.has(row.id)) {
        late.push(index);
        continue;
      }
      const fact = {
        record: recordRef(row.id, type.id, provider.unit, row.facts),
        subject: subjectOf(index).row,
      };
      accepted.push(fact);
      outcomes[index] = { as: 'accepted', ...fact };
    }
    await this.#answerLate(tx, type.id, candidates, late, outcomes);
    const created = [...subjects.values()].filter((subject) => subject.created).map((subject) => subject.row);
    await publishAll(tx, [
      ...created.map(tellRegistered),
      ...accepted.map(({ record, subject }) => tellAccepted(record, subject)),
    ]);
  }

  /** A concurrent push of the same document was first: now it is committed and can be compared. */
  async #answerLate(
    tx: Tx,
    type: string,
    candidates: readonly Candidate[],
    late: readonly number[],
    outcomes: Outcome[],
  ): Promise<void> {
    if (late.length === 0) return;
    const earlier = await this.#earlier(
      tx,
      type,
      late.map((index) => candidates[index]!),
    );
    for (const index of late) {
      const candidate = candidates[index]!;
      const rows = earlier.get(candidate.naturalKey.toString('hex')) ?? [];
      const arrival = arrivalOf(
        rows.map((row) => earlierOf(row, candidate)),
        candidate.about,
      );
      if (arrival.as === 'new') throw new Error('a record lost against one that is not there');
      outcomes[index] = arrival;
    }
  }

  #candidate(type: RecordType, arriving: Arriving): Candidate {
    const { payload } = arriving.checked;
    const numberField = type.document.number ?? type.naturalKey[0]![0]!;
    return {
      ...arriving,
      naturalKey: this.sealer.recordDigest(naturalKeyOf(type, payload)),
      content: this.sealer.recordDigest(contentOf(payload)),
      about: { documentNo: String(payload[numberField] ?? ''), field: numberField },
    };
  }

  #row(type: RecordType, candidate: Candidate, subject: SubjectRow): NewRecordRow {
    const { payload } = candidate.checked;
    const id = newId();
    const person = subject.kind === 'natural-person';
    return {
      id,
      subjectId: subject.id,
      naturalKey: candidate.naturalKey,
      content: candidate.content,
      facts: factsOf(type, payload, this.catalogue.severityRules(type.id), person),
      ...this.payloads.seal(type, payload, id, person),
      line: candidate.line,
    };
  }

  async #earlier(tx: Tx, type: string, candidates: readonly Candidate[]): Promise<Map<string, EarlierRow[]>> {
    const rows = await this.records.earlier(
      tx,
      type,
      candidates.map((candidate) => candidate.naturalKey),
    );
    const byKey = new Map<string, EarlierRow[]>();
    for (const row of rows) {
      const key = row.natural_key.toString('hex');
      byKey.set(key, [...(byKey.get(key) ?? []), row]);
    }
    return byKey;
  }
}

function earlierOf(row: EarlierRow, candidate: Candidate): Earlier {
  const sameContent = row.content.equals(candidate.content);
  if (row.status === 'counted') return { status: 'counted', id: row.id, sameContent };
  return {
    status: 'withdrawn',
    id: row.id,
    sameContent,
    cause: row.withdrawn_cause!,
    withdrawnOn: row.withdrawn_on as LocalDate,
  };
}
