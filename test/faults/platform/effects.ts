import { HEARERS, NO_GRADE_MODEL } from '#contracts';
import type { Agreement } from './agreement.js';
import type { Outside, Service, Told } from './told.js';

/**
 * The tables of records, grading, measures and notifications against what was told: each event exactly one
 * effect in each subscriber, no effect without an event.
 */
export async function effects(
  held: (service: Service, sql: string) => Promise<string[]>,
  told: readonly Told[],
  outside: Outside,
): Promise<Agreement[]> {
  const of = (fact: string): Told[] => told.filter(({ type }) => type === `cn.chengxin.${fact}.v1`);
  const agree = async (
    what: string,
    wanted: readonly string[],
    service: Service,
    sql: string,
  ): Promise<Agreement> => ({ what, told: wanted, held: await held(service, sql) });

  const records = of('record.accepted').map(({ data }) => data.record.id);
  const inForce = of('listing.in-force').map(({ data }) => data.case.id);
  const ended = of('listing.ended').map(({ data }) => data.case.id);
  const ordered = of('discipline.ordered').map(({ data }) => data.action.id);
  const lifted = of('discipline.lifted').map(({ data }) => data.action.id);
  const grades = of('grade.computed');
  const newest = new Map(
    grades
      .filter(({ data }) => data.model !== NO_GRADE_MODEL)
      .map(({ subject, data }) => [`${subject} ${data.model}`, data.grade]),
  );
  const lastWords = lastWordsOf(told);
  const heard = new Set(HEARERS['notifications']!.map(({ type }) => type));
  const forSubscribers = told
    .filter(({ type, audience }) => heard.has(type) && audience !== 'restricted')
    .map(({ id }) => id);
  const answered = new Set(outside.accepted);
  const committed = await held('records', 'SELECT id AS it FROM credit_record');

  return Promise.all([
    {
      what: 'answered as accepted, kept by records',
      told: outside.accepted,
      held: committed.filter((id) => answered.has(id)),
    },
    { what: 'records, told as accepted', told: committed, held: records },
    agree('accepted records at listing', records, 'listing', 'SELECT id AS it FROM record'),
    agree('accepted records at grading', records, 'grading', 'SELECT id AS it FROM held_record'),
    agree(
      'listings in force on the credit file',
      inForce,
      'records',
      'SELECT case_id AS it FROM file_listing WHERE in_force_on IS NOT NULL',
    ),
    agree(
      'listings in force at grading',
      inForce,
      'grading',
      'SELECT case_id AS it FROM held_listing WHERE in_force_on IS NOT NULL',
    ),
    agree(
      'listings in force at measures',
      inForce,
      'measures',
      'SELECT case_id AS it FROM discipline_case WHERE in_force_on IS NOT NULL',
    ),
    agree(
      'listings ended on the credit file',
      ended,
      'records',
      'SELECT case_id AS it FROM file_listing WHERE ended_on IS NOT NULL',
    ),
    agree(
      'listings ended at grading',
      ended,
      'grading',
      'SELECT case_id AS it FROM held_listing WHERE ended_on IS NOT NULL',
    ),
    agree(
      'listings ended at measures',
      ended,
      'measures',
      `SELECT case_id AS it FROM discipline_case WHERE standing = 'ended'`,
    ),
    agree('actions ordered', ordered, 'measures', 'SELECT id AS it FROM discipline_action'),
    agree('actions on the credit file', ordered, 'records', 'SELECT action_id AS it FROM file_discipline'),
    agree('actions that listing waits for', ordered, 'listing', 'SELECT id AS it FROM case_action'),
    agree(
      'actions lifted',
      lifted,
      'measures',
      `SELECT id AS it FROM discipline_action WHERE status = 'lifted'`,
    ),
    agree(
      'actions lifted on the credit file',
      lifted,
      'records',
      `SELECT action_id AS it FROM file_discipline WHERE status = 'lifted'`,
    ),
    agree(
      'receipts of lifted actions',
      lifted,
      'listing',
      `SELECT ref AS it FROM case_receipt WHERE kind = 'discipline-lifted'`,
    ),
    agree(
      'last word on each action, at measures',
      lastWords,
      'measures',
      // Receiving and checking are steps of the department that others are not told of as a standing.
      `SELECT concat_ws(' ', id, CASE WHEN status IN ('received', 'checked') THEN 'ordered' ELSE status END) AS it
       FROM discipline_action`,
    ),
    agree(
      'last word on each action, on the credit file',
      lastWords,
      'records',
      `SELECT concat_ws(' ', action_id, status) AS it FROM file_discipline`,
    ),
    agree(
      'grades computed',
      grades.map(({ subject, data }) => `${subject} for ${data.cause.eventId}`),
      'grading',
      `SELECT concat(subject_id, ' for ', cause ->> 'eventId') AS it FROM grade_history`,
    ),
    agree(
      'newest grade on the credit file',
      [...newest].map(([key, grade]) => `${key} ${grade}`),
      'records',
      `SELECT concat_ws(' ', subject_id, model, grade) AS it FROM file_grade`,
    ),
    agree(
      'notices',
      of('notice.delivered').map(({ data }) => data.notice.id),
      'notifications',
      'SELECT id AS it FROM notice',
    ),
    agree(
      'deliveries to the subscriber',
      forSubscribers,
      'notifications',
      `SELECT event_id AS it FROM delivery WHERE state = 'delivered'`,
    ),
    { what: 'received by the subscriber', told: forSubscribers, held: outside.delivered },
  ]);
}

/** Each action with the status that its newest event says; a subject's events are told in their order. */
function lastWordsOf(told: readonly Told[]): string[] {
  const says = /^cn\.chengxin\.discipline\.(ordered|applied|not-applied|lift-ordered|lifted)\.v1$/;
  const words = new Map<string, string>();
  for (const { type, data } of told) {
    const status = says.exec(type)?.[1];
    if (status) words.set(data.action.id, status);
  }
  return [...words].map(([id, status]) => `${id} ${status}`);
}
