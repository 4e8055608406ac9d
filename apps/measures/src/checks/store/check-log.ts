import { Injectable } from '@nestjs/common';
import { scheduleAll } from '#deadlines';
import { endOfDay, type LocalDate } from '#kernel';
import { Database, prepared, type Tx } from '#platform';
import type { Question, SubjectAnswer } from '../domain/check.js';

export const CHECK_CLOCK = 'discipline.check-answer';
/** Runs from the missed day until the lead unit is told. */
export const CHECK_ESCALATION_CLOCK = 'discipline.check-escalation';
export const CHECK_CLOCKS = [CHECK_CLOCK, CHECK_ESCALATION_CLOCK] as const;

/** A question with what is to be answered; `hitsDue` is the day for answering its hits. */
export interface AnsweredQuestion {
  question: Question;
  answers: readonly SubjectAnswer[];
  askedOn: LocalDate;
  hitsDue: LocalDate | null;
}

const LOG = prepared(`INSERT INTO discipline_check
         (id, nth, subject, department, actor, field, item, purpose, reference, hits, asked_on)
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                            $8::text[], $9::text[], $10::smallint[], $11::date[])`);
const HITS = prepared(`INSERT INTO discipline_hit (check_id, nth, action_id, department, field, due_on)
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::text[], $6::date[])`);

/** Writes who asked what, before anybody is answered. Questions that wait at the same time share a commit. */
@Injectable()
export class CheckLog {
  constructor(private readonly database: Database) {}

  async write(asked: readonly AnsweredQuestion[]): Promise<void> {
    if (asked.every(({ hitsDue }) => hitsDue === null)) {
      await this.#log(this.database, asked);
      return;
    }
    await this.database.transaction((tx) => this.writeIn(tx, asked));
  }

  /** As part of a transaction of the caller's. */
  async writeIn(tx: Tx, asked: readonly AnsweredQuestion[]): Promise<void> {
    await this.#log(tx, asked);
    const withHits = asked.filter(({ hitsDue }) => hitsDue !== null);
    if (withHits.length === 0) return;
    await this.#hits(tx, withHits);
    await scheduleAll(
      tx,
      withHits.map(({ question, hitsDue }) => ({
        kind: CHECK_CLOCK,
        ref: question.id,
        dueAt: endOfDay(hitsDue!),
      })),
    );
  }

  async #log(db: Pick<Tx, 'query'>, asked: readonly AnsweredQuestion[]): Promise<void> {
    const rows = asked.flatMap(({ question, answers, askedOn }) =>
      answers.map(({ subject, hits }, nth) => ({ question, subject, nth, hits: hits.length, askedOn })),
    );
    await db.query(LOG, [
      rows.map(({ question }) => question.id),
      rows.map(({ nth }) => nth),
      rows.map(({ subject }) => subject),
      rows.map(({ question }) => question.department),
      rows.map(({ question }) => question.actor),
      rows.map(({ question }) => question.field),
      rows.map(({ question }) => question.item),
      rows.map(({ question }) => question.purpose),
      rows.map(({ question }) => question.reference),
      rows.map(({ hits }) => hits),
      rows.map(({ askedOn }) => askedOn),
    ]);
  }

  async #hits(tx: Tx, asked: readonly AnsweredQuestion[]): Promise<void> {
    const rows = asked.flatMap(({ question, answers, hitsDue }) =>
      answers.flatMap(({ hits }, nth) => hits.map(({ id }) => ({ question, nth, action: id, hitsDue }))),
    );
    await tx.query(HITS, [
      rows.map(({ question }) => question.id),
      rows.map(({ nth }) => nth),
      rows.map(({ action }) => action),
      rows.map(({ question }) => question.department),
      rows.map(({ question }) => question.field),
      rows.map(({ hitsDue }) => hitsDue),
    ]);
  }
}
