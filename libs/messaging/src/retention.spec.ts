import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { createLogger } from '#platform';
import { openStage, type Stage } from '../specs/stage.js';
import { ensureTopics, topicName } from './kafka/topics.js';
import { Partitions } from './relay/partitions.js';
import {
  LONGEST_REPLAY_MS,
  RECEIPT_RETENTION_MS,
  SETTLED_RETENTION_MS,
  TOPIC_RETENTION_MS,
} from './retention.js';

const DAY_MS = 86_400_000;
let stage: Stage;

const query = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  (await stage.database.db.query<R>(sql, params)).rows;

beforeAll(async () => {
  stage = await openStage(['measures']);
});
afterAll(() => stage.strike());

describe('what was noted of an event', () => {
  it('is kept longer than its topic keeps it plus the longest replay', () => {
    expect(RECEIPT_RETENTION_MS).toBeGreaterThan(TOPIC_RETENTION_MS + LONGEST_REPLAY_MS);
    expect(SETTLED_RETENTION_MS).toBeGreaterThan(TOPIC_RETENTION_MS + LONGEST_REPLAY_MS);
  });

  it('and the topic itself is told how long: by us, not by what the broker happens to have', async () => {
    const admin = new Kafka({ brokers: stage.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: topicName(stage.prefix, 'measures'),
          configNames: ['retention.ms'],
        },
      ],
    });
    await admin.disconnect();
    expect(resources[0]!.configEntries[0]!.configValue).toBe(String(TOPIC_RETENTION_MS));
  });

  it('and one that was made beforehand with less is told of', async () => {
    const prefix = `short-${stage.prefix}`;
    const name = topicName(prefix, 'measures');
    const kafka = new Kafka({ brokers: stage.brokers, logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: name, configEntries: [{ name: 'retention.ms', value: String(7 * DAY_MS) }] }],
    });
    const warnings: object[] = [];
    const logger = createLogger('spec', 'silent');
    logger.warn = (facts: object): void => void warnings.push(facts);
    const brokers = { brokers: stage.brokers, clientId: 'spec', logger };
    await ensureTopics(brokers, { prefix, partitions: 1, replication: 1 }, ['measures', 'grades']);
    await admin.deleteTopics({ topics: [name, topicName(prefix, 'grades')] });
    await admin.disconnect();
    expect(warnings).toEqual([
      { topic: name, retentionMs: 7 * DAY_MS, retentionBytes: -1, needed: TOPIC_RETENTION_MS },
    ]);
  });

  it('open letters and parked events are kept for ever; settled ones and ended redrives until their time', async () => {
    const now = new Date('2026-11-27T00:00:00Z');
    const ago = (ms: number): Date => new Date(now.getTime() - ms);
    const letter = (key: string, state: string, settledAt: Date | null): Promise<object[]> =>
      query(
        `INSERT INTO messaging.dead_letter (id, event_id, consumer, topic, key, cause, error_class, error, origin_topic,
           origin_partition, origin_offset, attempts, first_failed_at, last_failed_at, set_aside_at, state, settled_at)
         VALUES (gen_random_uuid(), gen_random_uuid(), 'spec', 'measures', $1, 'failed', 'Error', 'x', 't', 0, 0, 1, $4, $4, $4, $2, $3)`,
        [key, state, settledAt, ago(1_000 * DAY_MS)],
      );
    await letter('old-open', 'open', null);
    await letter('just-kept', 'redriven', ago(SETTLED_RETENTION_MS - 60_000));
    await letter('gone', 'discarded', ago(SETTLED_RETENTION_MS + 60_000));
    await letter('unreleased', 'redriven', ago(SETTLED_RETENTION_MS + 60_000));
    await query(
      `INSERT INTO messaging.position (consumer, topic, key, blocked_by)
       SELECT consumer, topic, key, id FROM messaging.dead_letter WHERE key IN ('old-open', 'unreleased')`,
    );
    await query(
      `INSERT INTO messaging.parked (consumer, topic, key, sequence, event_id, origin_partition, origin_offset, payload, parked_at)
       VALUES ('spec', 'measures', 'old-open', 2, gen_random_uuid(), 0, 1, 'x', $1)`,
      [ago(1_000 * DAY_MS)],
    );
    const job = (reason: string, endedAt: Date | null): Promise<object[]> =>
      query(
        `WITH job AS (
           INSERT INTO messaging.redrive_job (id, consumer, action, reason, selection, cut_off, per_second, state, items, created_by, ended_at)
           VALUES (gen_random_uuid(), 'spec', 'discard', $1, '{}', now(), 1, CASE WHEN $2::timestamptz IS NULL THEN 'paused' ELSE 'finished' END, 1, 'x', $2)
           RETURNING id)
         INSERT INTO messaging.redrive_item (job_id, number, dead_letter_id, topic) SELECT id, 1, id, 'measures' FROM job`,
        [reason, endedAt],
      );
    await job('unfinished', null);
    await job('kept', ago(SETTLED_RETENTION_MS - 60_000));
    await job('gone', ago(SETTLED_RETENTION_MS + 60_000));
    await query(
      `INSERT INTO messaging.redrive_audit (dead_letter_id, action, actor, outcome, at)
       VALUES (gen_random_uuid(), 'discard', 'person:op-1', 'discarded', $1)`,
      [ago(1_000 * DAY_MS)],
    );

    await new Partitions(stage.database.db, createLogger('spec', 'silent')).clear(now);

    expect(await query('SELECT key FROM messaging.dead_letter ORDER BY key')).toEqual([
      { key: 'just-kept' },
      { key: 'old-open' },
      { key: 'unreleased' },
    ]);
    expect(await query('SELECT key FROM messaging.parked')).toEqual([{ key: 'old-open' }]);
    expect(await query('SELECT reason FROM messaging.redrive_job ORDER BY reason')).toEqual([
      { reason: 'kept' },
      { reason: 'unfinished' },
    ]);
    expect(await query('SELECT count(*) AS n FROM messaging.redrive_item')).toEqual([{ n: 2 }]);
    expect(await query('SELECT count(*) AS n FROM messaging.redrive_audit')).toEqual([{ n: 1 }]);
  });
});
