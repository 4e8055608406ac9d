import * as contracts from '#contracts';
import { type LocalDate, startOfDay } from '#kernel';
import type { SnapshotSource, StandingFact } from '#messaging';
import type { ListingCase, Subject } from '../domain/case/case.js';
import type { Fact } from '../domain/case/facts.js';
import type { Filed, Open } from '../domain/objection/objection.js';
import { objectionEventsOf } from './objection-outbox.js';
import { eventsOf } from './outbox.js';
import { recordsStanding } from './record-snapshot.js';
import { caseRef, subjectRef, told } from './refs.js';

interface StandingCase {
  state: ListingCase;
  /** name and division as they are today, as every event of the case would tell them */
  subject: Subject;
  objections: (Filed | Open)[];
}

/**
 * What stands of the entries of a subject, and of its records that are published by themselves, for a subscriber that
 * is filled instead of having heard how it came about: the fewest events that lead there. Of a case before its decision
 * nothing is kept anywhere else, so nothing is told.
 */
export const listingsSnapshot: SnapshotSource = {
  topic: 'listings',
  async standing(db, subjects) {
    const { rows } = await db.query<StandingCase>(
      `SELECT c.state,
         jsonb_build_object('id', s.id, 'kind', s.kind, 'code', s.code, 'name', s.name, 'region', s.region) AS subject,
         (SELECT coalesce(jsonb_agg(o.state ORDER BY o.id), '[]') FROM objection o
          WHERE o.case_id = c.id AND o.status IN ('filed', 'open')) AS objections
       FROM listing_case c JOIN subject s ON s.id = c.subject_id
       WHERE c.subject_id = ANY ($1::uuid[]) AND c.decided_on IS NOT NULL
       ORDER BY c.id`,
      [subjects],
    );
    const standing = new Map<string, StandingFact[]>();
    for (const { state, subject, objections } of rows) {
      const facts = standing.get(subject.id) ?? [];
      standing.set(subject.id, [...facts, ...standingOf({ ...state, subject }, objections)]);
    }
    for (const [subject, facts] of await recordsStanding(db, subjects))
      standing.set(subject, [...(standing.get(subject) ?? []), ...facts]);
    return standing;
  },
};

/** What everyone may see is on a topic of its own, of which nothing is told here. */
const NOTHING_PUBLISHED = { publication: null };

/** In the order in which it came about. */
export function standingOf(state: ListingCase, objections: readonly (Filed | Open)[]): StandingFact[] {
  if (!('entry' in state)) return [];
  const standing: StandingFact[] = [];
  const add = (on: LocalDate, tellings: readonly Pick<StandingFact, 'contract' | 'data'>[]): void => {
    for (const { contract, data } of tellings)
      if (contract.topic === 'listings')
        standing.push({ contract, data, time: startOfDay(on).toISOString() });
  };
  const tell = (on: LocalDate, fact: Fact): void => add(on, eventsOf(fact, state, NOTHING_PUBLISHED));

  if ('inForceOn' in state && state.inForceOn !== null) {
    const { inForceOn, term, publication } = state;
    tell(inForceOn, { type: 'took-effect', inForceOn, term });
    if (publication.status === 'published' || publication.status === 'ended') {
      const { publishedOn } = publication;
      const about = { case: caseRef(state), subject: subjectRef(state) };
      add(publishedOn, [
        told(contracts.listingPublished, { ...about, publishedOn, termEndsOn: term.endsOn }),
      ]);
    }
    if (publication.status === 'ended')
      tell(publication.endedOn, { type: 'publication-ended', on: publication.endedOn });
  }
  const { site } = state.entry;
  if (site) {
    const { rule, kind, from, repairableFrom, endsOn } = site;
    tell(from, { type: 'site-publication-started', site: { rule, kind, from, repairableFrom, endsOn } });
    if (site.status === 'masked') tell(site.maskedOn, { type: 'site-publication-masked', on: site.maskedOn });
    if (site.status === 'ended')
      tell(site.endedOn, { type: 'site-publication-ended', on: site.endedOn, how: site.how });
  }
  if (state.status === 'suspended')
    tell(state.suspension.on, { type: 'suspended', suspension: state.suspension });
  if (state.status === 'ended' || state.status === 'closed')
    tell(state.end.endedOn, { type: 'ended', end: state.end });
  for (const { id, publicationEndedOn: on, withdrawn } of state.records)
    if (on !== undefined && !withdrawn) tell(on, { type: 'penalty-publication-ended', recordIds: [id], on });
  for (const objection of objections) {
    const filed = objectionEventsOf({ type: 'filed', objection }, objection, state, null);
    add(
      objection.markedOn,
      filed.filter(({ contract }) => contract === (contracts.objectionMarked as contracts.Contract)),
    );
  }
  return standing;
}
