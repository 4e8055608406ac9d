import { measureProgressReported } from '#contracts';
import { publishAll } from '#messaging';
import { testDatabase } from '#testing';

/** A finished event as `publish` wrote it: every contestant carries these very bytes. */
export interface Material {
  shard: number;
  topic: string;
  key: string;
  sequence: number;
  id: string;
  envelope: string;
}

const TRANSACTION = 1_000;
/** Events of one subject are seldom neighbours in a backlog; with so many a chunk of 200 rarely holds two. */
export const SUBJECTS = 2_000;

/** So many events on {@link SUBJECTS} subjects in turn, written by the real `publishAll` and read back. */
export async function makeMaterial(events: number): Promise<Material[]> {
  const { db, drop } = await testDatabase('messaging');
  try {
    for (let made = 0; made < events; made += TRANSACTION) {
      const size = Math.min(TRANSACTION, events - made);
      const publications = Array.from({ length: size }, (_, index) => ({
        contract: measureProgressReported,
        subject: subjectOf(made + index),
        data: { ...measureProgressReported.sample, percent: (made + index) % 101 },
      }));
      await db.transaction((tx) => publishAll(tx, publications));
    }
    const { rows } = await db.query<Omit<Material, 'id'>>(
      'SELECT shard, topic, key, sequence, envelope FROM messaging.outbox ORDER BY sequence, key',
    );
    return rows.map((row) => ({ ...row, id: (JSON.parse(row.envelope) as { id: string }).id }));
  } finally {
    await drop();
  }
}

function subjectOf(index: number): string {
  return `subject-${String(index % SUBJECTS).padStart(5, '0')}`;
}
