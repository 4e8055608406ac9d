import { Injectable } from '@nestjs/common';
import { type Actor, currentContext, type Queryable, traceIdOf, type Tx } from '#platform';
import type { Fact } from '../domain/facts.js';

/** One thing that happened to a case. */
export interface HistoryEntry {
  position: number;
  version: number;
  fact: string;
  data: Record<string, unknown>;
  rulesVersion: string;
  actor: { kind: string; id: string; name: string; department?: string };
  at: Date;
  eventId: string | null;
  traceId: string | null;
}

/** A fact, and the event by which it was told where there is one. */
export interface ToldFact {
  fact: Fact;
  eventId: string | null;
}

/** What happened, append-only: who, when, under which rules, told by which event. */
@Injectable()
export class History {
  async append(
    tx: Tx,
    of: { id: string; version: number; rulesVersion: string },
    facts: readonly ToldFact[],
    actor: Actor,
    at: Date,
  ): Promise<void> {
    const { kind, id, name, department } = actor;
    await tx.query(
      `INSERT INTO case_history (case_id, position, version, fact, data, rules_version, actor, happened_at, event_id, traceparent)
       SELECT $1, (SELECT coalesce(max(position), 0) FROM case_history WHERE case_id = $1) + f.place, $2, f.fact, f.data, $3, $4, $5, f.event_id, $6
       FROM unnest($7::text[], $8::jsonb[], $9::uuid[]) WITH ORDINALITY AS f (fact, data, event_id, place)`,
      [
        of.id,
        of.version,
        of.rulesVersion,
        JSON.stringify({ kind, id, name, department }),
        at,
        currentContext()?.traceparent ?? null,
        facts.map(({ fact }) => fact.type),
        facts.map(({ fact: { type: _, ...data } }) => JSON.stringify(data)),
        facts.map(({ eventId }) => eventId),
      ],
    );
  }

  async of(db: Queryable, caseId: string): Promise<HistoryEntry[]> {
    const { rows } = await db.query<HistoryEntry & { traceparent: string | null }>(
      `SELECT position, version, fact, data, rules_version AS "rulesVersion", actor, happened_at AS at,
         event_id AS "eventId", traceparent
       FROM case_history WHERE case_id = $1 ORDER BY position`,
      [caseId],
    );
    return rows.map(({ traceparent, ...entry }) => ({
      ...entry,
      traceId: traceparent ? traceIdOf(traceparent) : null,
    }));
  }
}
