import { Injectable } from '@nestjs/common';
import { type Actor, currentContext, type Queryable, traceIdOf, type Tx } from '#platform';
import type { Fact } from '../domain/case/facts.js';

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
  /** The letters that came with it. */
  documents: { id: string; kind: string; no: string; contentSha256: string }[];
}

/** A fact, and the event by which it was told where there is one. */
export interface ToldFact {
  fact: Fact;
  eventId: string | null;
}

/** The facts of one change of one case, in their order. */
export interface ToldChange {
  id: string;
  version: number;
  rulesVersion: string;
  told: readonly ToldFact[];
}

/** What happened, append-only: who, when, under which rules, told by which event. */
@Injectable()
export class History {
  async append(tx: Tx, changes: readonly ToldChange[], actor: Actor, at: Date): Promise<void> {
    const { kind, id, name, department } = actor;
    const rows = changes.flatMap(({ told, ...of }) =>
      told.map(({ fact: { type, ...data }, eventId }, index) => ({
        case_id: of.id,
        place: index + 1,
        version: of.version,
        rules_version: of.rulesVersion,
        fact: type,
        data,
        event_id: eventId,
      })),
    );
    await tx.query(
      `INSERT INTO case_history (case_id, position, version, fact, data, rules_version, actor, happened_at, event_id, traceparent)
       SELECT f.case_id, f.place + (SELECT coalesce(max(position), 0) FROM case_history h WHERE h.case_id = f.case_id),
         f.version, f.fact, f.data, f.rules_version, $2, $3, f.event_id, $4
       FROM jsonb_to_recordset($1) AS f (case_id uuid, place integer, version integer, rules_version date, fact text,
         data jsonb, event_id uuid)`,
      [
        JSON.stringify(rows),
        JSON.stringify({ kind, id, name, department }),
        at,
        currentContext()?.traceparent ?? null,
      ],
    );
  }

  /** @param until the instant before which it happened; everything where absent */
  async of(db: Queryable, caseId: string, until?: Date): Promise<HistoryEntry[]> {
    const { rows } = await db.query<HistoryEntry & { traceparent: string | null }>(
      `SELECT position, version, fact, data, rules_version AS "rulesVersion", actor, happened_at AS at,
         event_id AS "eventId", traceparent,
         (SELECT coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'no', d.no, 'contentSha256', d.content_sha256)
            ORDER BY d.id), '[]') FROM document d
          WHERE d.case_id = h.case_id AND d.version = h.version AND d.fact = h.fact) AS documents
       FROM case_history h WHERE case_id = $1 AND ($2::timestamptz IS NULL OR happened_at < $2) ORDER BY position`,
      [caseId, until ?? null],
    );
    return rows.map(({ traceparent, ...entry }) => ({
      ...entry,
      traceId: traceparent ? traceIdOf(traceparent) : null,
    }));
  }
}
