import type { Database, Logger, Queryable, Tx } from '#platform';
import { dropSettled } from '../inbox/letter-retention.js';
import { PARTITION_IDS, SHARDS } from '../outbox/shard.js';
import { RECEIPT_RETENTION_MS, TOPIC_RETENTION_MS } from '../retention.js';

/** Partitions kept ready ahead of each shard's ids: 200,000 events, ten seconds of the highest rate measured. */
const AHEAD = 4;
/** How long published events stay readable in the outbox. */
const OUTBOX_RETENTION = '1 day';
const OLD = `written_at < clock_timestamp() - interval '${OUTBOX_RETENTION}'`;
const WEEK_MS = 7 * 86_400_000;
/** A consumer that begins at the start of its topics, or is told to read them again, receives what they still hold. */
const WEEKS_BACK = Math.ceil(TOPIC_RETENTION_MS / WEEK_MS);

/** Only one relay of a service does this at a time; the others find the lock taken and go on. */
const UPKEEP_LOCK = 0x43584d54;

/**
 * Partitions are attached, not created in place: `CREATE TABLE … PARTITION OF` locks the parent against
 * every writer, ATTACH only the (empty) last partition. DROP does lock the parent; it waits a tenth of a
 * second at most and tries again at the next round, so an open bulk import is never held up longer.
 */
export class Partitions {
  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** Creates what will be needed. Most of the time it is there, and one look tells. */
  async prepare(now: Date): Promise<void> {
    const missing = await missingPartitions(this.database, now);
    for (const parent of new Set(missing.map((partition) => partition.parent))) {
      const partitions = missing.filter((partition) => partition.parent === parent);
      await this.#alone((tx) => create(tx, parent, partitions));
    }
  }

  /** Drops what is no longer needed. */
  async clear(now: Date): Promise<void> {
    for (const shard of Array.from({ length: SHARDS }, (_, number) => number)) {
      await this.#alone((tx) => this.#dropOutbox(tx, shard));
      await this.#alone((tx) => this.#emptyRest(tx, shard));
    }
    await this.#alone((tx) => this.#dropInbox(tx, now));
    await this.#alone((tx) => dropSettled(tx, now));
  }

  async #alone(work: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        const { rows } = await tx.query<{ alone: boolean }>(
          'SELECT pg_try_advisory_xact_lock($1, 0) AS alone',
          [UPKEEP_LOCK],
        );
        if (!rows[0]?.alone) return;
        await tx.query(`SET LOCAL lock_timeout = '100ms'`);
        await work(tx);
      });
    } catch (error) {
      // 55P03: a transaction was in the way; 40P01: it waited for us in turn. Both pass.
      const { code } = error as { code?: string };
      if (code !== '55P03' && code !== '40P01') throw error;
      this.logger.debug({ code }, 'partition upkeep put off');
    }
  }

  async #dropOutbox(tx: Tx, shard: number): Promise<void> {
    const published = await publishedUpTo(tx, shard);
    for (const name of await partitionsOf(tx, `outbox_${shard}`)) {
      const part = /_p(\d+)$/.exec(name)?.[1];
      if (part === undefined || (Number(part) + 1) * PARTITION_IDS > published + 1) continue;
      const { rows: youngest } = await tx.query<{ old: boolean }>(
        `SELECT ${OLD} AS old FROM messaging.${name} WHERE shard = $1 ORDER BY id DESC LIMIT 1`,
        [shard],
      );
      if (youngest[0]?.old !== false) await tx.query(`DROP TABLE messaging.${name}`);
    }
  }

  /**
   * What no partition took in time, as a whole like a partition: rows that are deleted stay as long as somebody's
   * snapshot does. Under the lock nothing can come between the look and the end; a row that waits for it comes after.
   */
  async #emptyRest(tx: Tx, shard: number): Promise<void> {
    const rest = `messaging.outbox_${shard}_rest`;
    const over = async (): Promise<boolean> => {
      const { rows } = await tx.query<{ over: boolean }>(
        `SELECT id <= $2 AND ${OLD} AS over FROM ${rest} WHERE shard = $1 ORDER BY id DESC LIMIT 1`,
        [shard, await publishedUpTo(tx, shard)],
      );
      return rows[0]?.over === true;
    };
    if (!(await over())) return;
    await tx.query(`LOCK TABLE ${rest} IN ACCESS EXCLUSIVE MODE`);
    if (await over()) await tx.query(`TRUNCATE TABLE ${rest}`);
  }

  async #dropInbox(tx: Tx, now: Date): Promise<void> {
    const oldest = now.getTime() - RECEIPT_RETENTION_MS;
    for (const name of await partitionsOf(tx, 'inbox')) {
      const week = /_w(\d+)$/.exec(name)?.[1];
      if (week !== undefined && (Number(week) + 1) * WEEK_MS < oldest)
        await tx.query(`DROP TABLE messaging.${name}`);
    }
    await tx.query('DELETE FROM messaging.inbox_rest WHERE received_at < $1', [new Date(oldest)]);
  }
}

/** Every id up to this one is published, without a gap. */
async function publishedUpTo(tx: Tx, shard: number): Promise<number> {
  const { rows } = await tx.query<{ published: number }>(
    `SELECT least(last_id, lower(gaps) - 1) AS published FROM messaging.relay WHERE shard = $1`,
    [shard],
  );
  return rows[0]!.published;
}

/** The smallest UUIDv7 of an instant: its first 48 bits are milliseconds. */
export function uuidAt(milliseconds: number): string {
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

interface Partition {
  parent: string;
  name: string;
  column: 'id' | 'event_id';
  /** the first value, and the first of the next partition */
  from: number | string;
  to: number | string;
}

const PARENTS = [...Array.from({ length: SHARDS }, (_, shard) => `outbox_${shard}`), 'inbox'];

/** What should be there, as far as it is not: for the next ids of each shard, for the weeks that topics hold and two more. */
async function missingPartitions(database: Queryable, now: Date): Promise<Partition[]> {
  const { rows } = await database.query<{ drawn: number[]; existing: string[] }>(
    `SELECT ARRAY[${PARENTS.filter((parent) => parent !== 'inbox')
      .map((parent) => `(SELECT last_value FROM messaging.${parent.replace('outbox', 'outbox_id')})`)
      .join(', ')}]::float8[] AS drawn,
            ARRAY(SELECT relname::text FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                  WHERE inhparent = ANY($1::regclass[])) AS existing`,
    [PARENTS.map((parent) => `messaging.${parent}`)],
  );
  const { drawn, existing } = rows[0]!;
  const present = new Set(existing);
  return [...drawn.flatMap((id, shard) => outboxAhead(shard, id)), ...inboxAhead(now)].filter(
    ({ name }) => !present.has(name),
  );
}

function outboxAhead(shard: number, lastDrawn: number): Partition[] {
  const current = Math.floor((lastDrawn + 1) / PARTITION_IDS);
  return Array.from({ length: AHEAD + 1 }, (_, further) => current + further).map((part) => ({
    parent: `outbox_${shard}`,
    name: `outbox_${shard}_p${part}`,
    column: 'id',
    from: part * PARTITION_IDS,
    to: (part + 1) * PARTITION_IDS,
  }));
}

function inboxAhead(now: Date): Partition[] {
  const week = Math.floor(now.getTime() / WEEK_MS);
  return Array.from({ length: WEEKS_BACK + 3 }, (_, nth) => week - WEEKS_BACK + nth).map((number) => ({
    parent: 'inbox',
    name: `inbox_w${number}`,
    column: 'event_id',
    from: uuidAt(number * WEEK_MS),
    to: uuidAt((number + 1) * WEEK_MS),
  }));
}

async function create(tx: Tx, parent: string, partitions: readonly Partition[]): Promise<void> {
  const existing = await partitionsOf(tx, parent); // another relay may have been here since the look
  for (const partition of partitions) {
    if (existing.has(partition.name)) continue;
    // A range whose rows have already gone to the last partition stays there until they are dropped.
    if (await restHolds(tx, partition)) continue;
    await attach(tx, partition);
  }
}

async function partitionsOf(tx: Tx, parent: string): Promise<Set<string>> {
  const { rows } = await tx.query<{ relname: string }>(
    'SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = $1::regclass',
    [`messaging.${parent}`],
  );
  return new Set(rows.map((row) => row.relname));
}

async function restHolds(tx: Tx, { parent, column, from, to }: Partition): Promise<boolean> {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM messaging.${parent}_rest WHERE ${column} >= $1 AND ${column} < $2 LIMIT 1`,
    [from, to],
  );
  return rowCount > 0;
}

async function attach(tx: Tx, { parent, name, from, to }: Partition): Promise<void> {
  await tx.query(
    `CREATE TABLE messaging.${name} (LIKE messaging.${parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
  );
  await tx.query(
    `ALTER TABLE messaging.${parent} ATTACH PARTITION messaging.${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
  );
}
