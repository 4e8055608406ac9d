import {
  DatabaseSetup,
  type PollingListenerConfig,
  type ReplicationListenerConfig,
} from 'pg-transactional-outbox';
import type { Database } from '#platform';

const SCHEMA = 'peer';

function settingsOf(databaseUrl: string) {
  const database = new URL(databaseUrl).pathname.slice(1);
  return {
    outboxOrInbox: 'outbox' as const,
    database,
    schema: SCHEMA,
    table: 'outbox',
    listenerRole: 'chengxin',
    publication: 'peer_outbox',
    // Slots belong to the whole server.
    replicationSlot: `slot_${database.replaceAll(/\W/g, '_')}`.slice(0, 63),
  };
}

/** The peer's outbox table as its own setup makes it. */
export async function createPeerOutbox(db: Database, databaseUrl: string): Promise<void> {
  await db.query(DatabaseSetup.dropAndCreateTable(settingsOf(databaseUrl)));
}

const NEXT = 'next_outbox_messages';

/** The peer's outbox and what its polling listener calls. */
export async function setUpPollingPeer(db: Database, databaseUrl: string): Promise<void> {
  const settings = { ...settingsOf(databaseUrl), nextMessagesName: NEXT };
  await createPeerOutbox(db, databaseUrl);
  await db.query(DatabaseSetup.createPollingFunction(settings));
  await db.query(DatabaseSetup.setupPollingIndexes(settings));
}

/** The peer's outbox and what its listener reads from the log. */
export async function setUpPeer(db: Database, databaseUrl: string): Promise<void> {
  const settings = settingsOf(databaseUrl);
  await createPeerOutbox(db, databaseUrl);
  await db.query(DatabaseSetup.setupReplicationCore(settings));
  await db.query(DatabaseSetup.setupReplicationSlot(settings));
}

/** A slot that stays would hold back the server's log for ever. */
export async function dropPeerSlot(db: Database, databaseUrl: string): Promise<void> {
  await db.query('SELECT pg_drop_replication_slot($1)', [settingsOf(databaseUrl).replicationSlot]);
}

export function peerListener(databaseUrl: string): ReplicationListenerConfig {
  const { publication, replicationSlot } = settingsOf(databaseUrl);
  return {
    outboxOrInbox: 'outbox',
    dbListenerConfig: connectionOf(databaseUrl),
    settings: { ...SETTINGS, dbPublication: publication, dbReplicationSlot: replicationSlot },
  };
}

/** @param everyMs how often it looks; 500 by default. A row that a look finds locked is tried again after a second; 5 by default. */
export function pollingPeer(databaseUrl: string, everyMs: number): PollingListenerConfig {
  return {
    outboxOrInbox: 'outbox',
    dbListenerConfig: connectionOf(databaseUrl),
    settings: {
      ...SETTINGS,
      nextMessagesFunctionSchema: SCHEMA,
      nextMessagesFunctionName: NEXT,
      nextMessagesPollingIntervalInMs: everyMs,
      nextMessagesLockInMs: 1_000,
    },
  };
}

const SETTINGS = {
  dbSchema: SCHEMA,
  dbTable: 'outbox',
  enableMaxAttemptsProtection: false,
  enablePoisonousMessageProtection: false,
  messageProcessingTimeoutInMs: 120_000,
  messageCleanupIntervalInMs: 0,
};

function connectionOf(databaseUrl: string) {
  const url = new URL(databaseUrl);
  return {
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
    password: url.password,
    database: url.pathname.slice(1),
  };
}

/** So many events of the material in one transaction, as ours; the whole CloudEvent is its payload. */
export async function commitPeerBacklog(db: Database, events: number): Promise<void> {
  await db.query(
    `INSERT INTO peer.outbox (id, aggregate_type, aggregate_id, message_type, segment, payload)
     SELECT id, 'measure', key, 'progress-reported', key, envelope::jsonb FROM material ORDER BY place LIMIT $1`,
    [events],
  );
}
