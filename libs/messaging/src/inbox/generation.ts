import type { Queryable } from '#platform';
import { Interrupted } from './persevere.js';

/** Which reading of its topics a consumer is at, and what is being rebuilt by it. */
export interface Generation {
  number: number;
  /** a snapshot is being read in: nothing may be consumed before it is complete */
  filling: boolean;
  /** by topic: the generation that last rebuilt read models from it, and which */
  rebuilds: ReadonlyMap<string, { epoch: number; models: ReadonlySet<string> }>;
}

/** The consumer has been told to read anew: what this worker has begun belongs to an earlier generation. */
export class Superseded extends Interrupted {
  constructor() {
    super('another generation of this consumer has begun');
  }
}

export async function readGeneration(database: Queryable, consumer: string): Promise<Generation> {
  await database.query('INSERT INTO messaging.consumer (consumer) VALUES ($1) ON CONFLICT DO NOTHING', [
    consumer,
  ]);
  const { rows } = await database.query<{
    generation: number;
    filling: boolean;
    topic: string | null;
    epoch: number;
    models: string[];
  }>(
    `SELECT c.generation, c.filling, r.topic, r.epoch, r.models
     FROM messaging.consumer c LEFT JOIN LATERAL (
       SELECT DISTINCT ON (topic) topic, generation AS epoch, models
       FROM messaging.replay, unnest(topics) AS topic
       WHERE consumer = c.consumer AND mode <> 'again' AND generation <= c.generation
       ORDER BY topic, generation DESC
     ) r ON true
     WHERE c.consumer = $1`,
    [consumer],
  );
  const rebuilds = rows
    .filter(({ topic }) => topic !== null)
    .map(({ topic, epoch, models }) => [topic!, { epoch, models: new Set(models) }] as const);
  return { number: rows[0]!.generation, filling: rows[0]!.filling, rebuilds: new Map(rebuilds) };
}

/** The first generation keeps the plain name, so that an installation that never replays has plain groups. */
export function groupOf(prefix: string, service: string, generation: number): string {
  return generation === 1 ? `${prefix}.${service}` : `${prefix}.${service}.${generation}`;
}
