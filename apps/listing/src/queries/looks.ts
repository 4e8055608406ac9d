import { Injectable } from '@nestjs/common';
import { type Actor, actorLine, Clock, currentContext, Database, traceIdOf } from '#platform';
import { shellRefusals } from '../refusals.js';
import { AccessLog } from '../store/access-log.js';
import { isUuid } from '../store/uuid.js';

/**
 * Looking at the file of a natural person needs a purpose, and the look is committed to the log before anything
 * is read for the answer (个人信息保护法 art. 34, 51). A look that is refused after that leaves a line too much,
 * never one too few. The person itself needs no purpose for its own file.
 */
@Injectable()
export class Looks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: AccessLog,
  ) {}

  /** @throws Refusal `listing.purpose-missing` */
  async at(actor: Actor, caseId: string, what: string, purpose: string | undefined): Promise<void> {
    if (!isUuid(caseId) || actor.party !== undefined) return;
    const { rows } = await this.database.query<{ id: string }>(
      `SELECT s.id FROM listing_case c JOIN subject s ON s.id = c.subject_id WHERE c.id = $1 AND s.kind = 'natural-person'`,
      [caseId],
    );
    const person = rows[0];
    if (person) await this.note(actor, what, purpose, { caseId, subjectId: person.id });
  }

  /** The same for an objection, by its own id. @throws Refusal `listing.purpose-missing` */
  async atObjection(actor: Actor, id: string, what: string, purpose: string | undefined): Promise<void> {
    if (!isUuid(id)) return;
    const { rows } = await this.database.query<{ caseId: string | null; recordId: string | null }>(
      'SELECT case_id AS "caseId", record_id AS "recordId" FROM objection WHERE id = $1',
      [id],
    );
    const { caseId = null, recordId = null } = rows[0] ?? {};
    if (caseId !== null) await this.at(actor, caseId, what, purpose);
    if (recordId !== null) await this.atRecord(actor, recordId, what, purpose);
  }

  /** The same for what is asked about a record of a person. @throws Refusal `listing.purpose-missing` */
  async atRecord(actor: Actor, recordId: string, what: string, purpose: string | undefined): Promise<void> {
    if (!isUuid(recordId) || actor.party !== undefined) return;
    const { rows } = await this.database.query<{ id: string }>(
      `SELECT s.id FROM record r JOIN subject s ON s.id = r.subject_id WHERE r.id = $1 AND s.kind = 'natural-person'`,
      [recordId],
    );
    const person = rows[0];
    if (person) await this.note(actor, what, purpose, { subjectId: person.id, detail: { recordId } });
  }

  /** @throws Refusal `listing.purpose-missing` */
  async note(
    actor: Actor,
    what: string,
    purpose: string | undefined,
    of: { caseId?: string; subjectId?: string; detail?: object } = {},
  ): Promise<void> {
    if (!purpose) throw shellRefusals.refusal('listing.purpose-missing');
    await this.log.add(this.database, {
      at: this.clock.now(),
      actor: actorLine(actor),
      actorName: actor.name,
      department: actor.department ?? null,
      what,
      caseId: of.caseId ?? null,
      subjectId: of.subjectId ?? null,
      purpose,
      detail: of.detail ?? {},
      traceId: traceIdOf(currentContext()?.traceparent ?? ''),
    });
  }
}
