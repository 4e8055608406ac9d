import { Injectable } from '@nestjs/common';
import type { CalendarYear } from '#kernel';
import { type Actor, checkVersion, Clock, newId, type Queryable, requestRefusals, type Tx } from '#platform';
import { handOf } from '../commands/case-changes.js';
import {
  type CalendarDraft,
  calendarDraftRefusals,
  draftCalendar,
  dropCalendar,
  publishCalendar,
} from '../domain/rules/calendar-draft.js';
import { readCalendar, storeYear } from '../store/rules-store.js';
import { isUuid } from '../store/uuid.js';

/** The credit lead department (ordinance art. 6, 7) keeps what holds for every list. */
const LEAD = 'hlj.business-environment';

export interface VersionedCalendarDraft {
  draft: CalendarDraft;
  version: number;
}

/** A year of the working calendar from its draft to its use: two people of the lead department. */
@Injectable()
export class ChangeCalendars {
  constructor(private readonly clock: Clock) {}

  /** @throws Refusal `calendar.*`, `request.other-department` */
  async draft(tx: Tx, actor: Actor, content: CalendarYear): Promise<VersionedCalendarDraft> {
    demandLead(actor);
    const draft = draftCalendar(newId(), content, await readCalendar(tx), this.#moment(actor));
    await tx.query(
      'INSERT INTO calendar_draft (id, version, year, status, state) VALUES ($1, 1, $2, $3, $4)',
      [draft.id, content.year, draft.status, JSON.stringify(draft)],
    );
    return { draft, version: 1 };
  }

  /** @throws Refusal `calendar.*`, 403, 412 */
  async publish(tx: Tx, actor: Actor, id: string, expectedVersion: number): Promise<VersionedCalendarDraft> {
    const { draft, version } = await this.#open(tx, actor, id, expectedVersion);
    const published = publishCalendar(draft, await readCalendar(tx), this.#moment(actor));
    await storeYear(tx, published.content, this.clock.now());
    return this.#update(tx, published, version);
  }

  /** @throws Refusal `calendar.*`, 403, 412 */
  async drop(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<VersionedCalendarDraft> {
    const { draft, version } = await this.#open(tx, actor, id, expectedVersion);
    return this.#update(tx, dropCalendar(draft, reason, this.#moment(actor)), version);
  }

  async all(db: Queryable): Promise<VersionedCalendarDraft[]> {
    const { rows } = await db.query<VersionedCalendarDraft>(
      'SELECT version, state AS draft FROM calendar_draft ORDER BY id DESC LIMIT 100',
    );
    return rows;
  }

  async #open(tx: Tx, actor: Actor, id: string, expectedVersion: number): Promise<VersionedCalendarDraft> {
    demandLead(actor);
    const { rows } = isUuid(id)
      ? await tx.query<VersionedCalendarDraft>(
          'SELECT version, state AS draft FROM calendar_draft WHERE id = $1 FOR UPDATE',
          [id],
        )
      : { rows: [] };
    if (!rows[0]) throw calendarDraftRefusals.refusal('calendar.draft-not-found', { id });
    checkVersion(rows[0].version, expectedVersion);
    return rows[0];
  }

  async #update(tx: Tx, draft: CalendarDraft, version: number): Promise<VersionedCalendarDraft> {
    await tx.query('UPDATE calendar_draft SET version = $2 + 1, status = $3, state = $4 WHERE id = $1', [
      draft.id,
      version,
      draft.status,
      JSON.stringify(draft),
    ]);
    return { draft, version: version + 1 };
  }

  #moment(actor: Actor) {
    return { today: this.clock.today(), actor: handOf(actor) };
  }
}

function demandLead({ department }: Actor): void {
  if (department !== LEAD) throw requestRefusals.refusal('request.other-department', { owner: LEAD });
}
