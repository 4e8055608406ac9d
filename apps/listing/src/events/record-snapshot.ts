import * as contracts from '#contracts';
import { type LocalDate, startOfDay } from '#kernel';
import type { Publication, StandingFact } from '#messaging';
import type { Queryable } from '#platform';
import type { Subject } from '../domain/case/case.js';
import type { Filed, Open } from '../domain/objection/objection.js';
import type { RecordRepairFact } from '../domain/record-repair/facts.js';
import type { FoundFalse, Granted, Masked } from '../domain/record-repair/repair.js';
import { recordObjectionEventsOf } from './record-objection-outbox.js';
import { recordRepairEventsOf } from './record-repair-outbox.js';

/** Answered so that it stands for the record; what was refused, taken back or lapsed left nothing behind. */
export type StandingRepair = Granted | Masked | FoundFalse;

interface StandingOfRecords {
  subject: Subject;
  repairs: StandingRepair[];
  objections: (Filed | Open)[];
}

/**
 * What stands of the records of a subject that are published by themselves: repaired, masked, repaired falsely, objected
 * to.
 *
 * @param subjects by id
 * @returns by subject; those of whose records nothing stands are left out
 */
export async function recordsStanding(
  db: Queryable,
  subjects: readonly string[],
): Promise<Map<string, StandingFact[]>> {
  const { rows } = await db.query<StandingOfRecords>(
    `SELECT jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject,
       coalesce(g.repairs, '[]') AS repairs, coalesce(o.objections, '[]') AS objections
     FROM subject s
       LEFT JOIN LATERAL (
         SELECT jsonb_agg(state ORDER BY id) AS repairs FROM record_repair
         WHERE subject_id = s.id AND status IN ('granted', 'masked', 'found-false')) g ON true
       LEFT JOIN LATERAL (
         SELECT jsonb_agg(one.state ORDER BY one.id) AS objections FROM record r JOIN objection one ON one.record_id = r.id
         WHERE r.subject_id = s.id AND one.status IN ('filed', 'open')) o ON true
     WHERE s.id = ANY ($1::uuid[]) AND (g.repairs IS NOT NULL OR o.objections IS NOT NULL)`,
    [subjects],
  );
  return new Map(
    rows.map(({ subject, repairs, objections }) => [
      subject.id,
      [...standingOfRepairs(repairs, subject), ...standingOfObjections(objections, subject)],
    ]),
  );
}

/**
 * In the order in which they were answered: of a record whose first repair was false and that was repaired again when
 * the bar was over, both stand.
 *
 * @param subject under the name and in the division of today, as every event would tell it
 */
export function standingOfRepairs(repairs: readonly StandingRepair[], subject: Subject): StandingFact[] {
  return repairs
    .map((repair): { on: LocalDate; told: Publication[] } => {
      const fact = lastOf(repair);
      const on = fact.type === 'found-false' ? fact.found.on : fact.answer.on;
      return { on, told: recordRepairEventsOf(fact, { ...repair, subject }) };
    })
    .sort((a, b) => (a.on < b.on ? -1 : 1))
    .flatMap(({ on, told }) => told.map((event) => standing(event, on)));
}

function lastOf(
  repair: StandingRepair,
): Extract<RecordRepairFact, { type: 'granted' | 'masked' | 'found-false' }> {
  return repair.status === 'found-false'
    ? { type: 'found-false', found: repair.found }
    : { type: repair.status, answer: repair.answer };
}

/** An open objection stands as the mark that it put on its record. */
export function standingOfObjections(
  objections: readonly (Filed | Open)[],
  subject: Subject,
): StandingFact[] {
  return objections.flatMap((objection) =>
    recordObjectionEventsOf({ type: 'filed', objection }, objection, subject, null)
      .filter(({ contract }) => contract === (contracts.recordObjectionMarked as contracts.Contract))
      .map((event) => standing(event, objection.markedOn)),
  );
}

function standing({ contract, data }: Publication, on: LocalDate): StandingFact {
  return { contract, data, time: startOfDay(on).toISOString() };
}
