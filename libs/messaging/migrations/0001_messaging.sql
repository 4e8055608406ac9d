-- Up Migration
CREATE SCHEMA messaging;

-- ---------------------------------------------------------------- outbox

-- One row per subject and topic: the lock that puts the events of a subject in order, and their counter.
-- The sequence travels as ten digits, hence the check.
CREATE TABLE messaging.stream (
  topic         text   NOT NULL,
  key           text   NOT NULL,
  last_sequence bigint NOT NULL CHECK (last_sequence BETWEEN 1 AND 9999999999),
  PRIMARY KEY (topic, key)
) WITH (fillfactor = 80);

-- Finished events, written in the transaction of the fact that they tell. Partitioned twice: by shard (one
-- relay owns a shard) and by ranges of ids, which are dropped when they are published. Rows are never
-- updated or deleted one by one: a held snapshot keeps dead rows alive and brought a deleting relay from
-- 115k to 23k events/s in ten cycles.
CREATE TABLE messaging.outbox (
  shard      smallint    NOT NULL,
  id         bigint      NOT NULL,
  topic      text        NOT NULL,
  key        text        NOT NULL,
  sequence   bigint      NOT NULL,
  envelope   text        NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shard, id)
) PARTITION BY LIST (shard);

-- How far each shard is published: every id up to last_id, but for the gaps (ids that were drawn by
-- transactions that had not ended when the relay passed them).
CREATE TABLE messaging.relay (
  shard      smallint       PRIMARY KEY,
  epoch      bigint         NOT NULL DEFAULT 0,
  last_id    bigint         NOT NULL DEFAULT 0,
  gaps       int8multirange NOT NULL DEFAULT '{}',
  owner      text,
  claimed_at timestamptz,
  moved_at   timestamptz
) WITH (fillfactor = 20);

-- Four shards, each with its own ids. CACHE 1: a session that kept ids in hand would hand out a lower id
-- after a higher one, and order within a subject rests on ids. The last partition of each shard takes
-- what no range takes, so that an insert cannot fail for want of a partition.
DO $$
BEGIN
  FOR shard IN 0..3 LOOP
    EXECUTE format('CREATE SEQUENCE messaging.outbox_id_%s CACHE 1', shard);
    EXECUTE format('CREATE TABLE messaging.outbox_%1$s PARTITION OF messaging.outbox FOR VALUES IN (%1$s) PARTITION BY RANGE (id)', shard);
    EXECUTE format('CREATE TABLE messaging.outbox_%1$s_rest PARTITION OF messaging.outbox_%1$s DEFAULT', shard);
    FOR part IN 0..3 LOOP
      EXECUTE format('CREATE TABLE messaging.outbox_%1$s_p%2$s PARTITION OF messaging.outbox_%1$s FOR VALUES FROM (%3$s) TO (%4$s)',
                     shard, part, part * 50000, (part + 1) * 50000);
    END LOOP;
    INSERT INTO messaging.relay (shard) VALUES (shard);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- inbox

-- Which events this consumer has received. The id is a UUIDv7, so ranges of ids are ranges of time: the
-- table can be partitioned by age and still keep one key over all partitions.
CREATE TABLE messaging.inbox (
  consumer    text        NOT NULL,
  event_id    uuid        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, event_id)
) PARTITION BY RANGE (event_id);
CREATE TABLE messaging.inbox_rest PARTITION OF messaging.inbox DEFAULT;

-- Up to which sequence each subject has been settled (handled, skipped or discarded). While blocked_by
-- names a dead letter, later events of the subject wait in messaging.parked.
CREATE TABLE messaging.position (
  consumer          text   NOT NULL,
  topic             text   NOT NULL,
  key               text   NOT NULL,
  last_sequence     bigint,
  previous_sequence bigint,
  blocked_by        uuid,
  blocked_sequence  bigint,
  -- the letter is settled, what is parked behind it is being handled; found again after a crash
  releasing         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (consumer, topic, key)
) WITH (fillfactor = 80);
CREATE INDEX position_blocked ON messaging.position (consumer, blocked_by) WHERE blocked_by IS NOT NULL;
CREATE INDEX position_releasing ON messaging.position (consumer) WHERE releasing;

-- Payloads are kept as the bytes that came: what cannot be read must still be shown.
CREATE TABLE messaging.dead_letter (
  id               uuid        PRIMARY KEY,
  consumer         text        NOT NULL,
  topic            text        NOT NULL,
  key              text,
  event_id         uuid,
  type             text,
  sequence         bigint,
  cause            text        NOT NULL,
  error_class      text        NOT NULL,
  error            text        NOT NULL,
  origin_topic     text        NOT NULL,
  origin_partition integer     NOT NULL,
  origin_offset    bigint      NOT NULL,
  attempts         integer     NOT NULL,
  first_failed_at  timestamptz NOT NULL,
  last_failed_at   timestamptz NOT NULL,
  -- when it became a letter: what a redrive's cut-off is measured against
  set_aside_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  traceparent      text,
  payload          bytea,
  state            text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'redriven', 'healed', 'discarded')),
  settled_at       timestamptz,
  settled_by       text
);
CREATE INDEX dead_letter_open ON messaging.dead_letter (consumer, id) WHERE state = 'open';
-- A scrape counts each cause up to a limit, however many letters lie behind it.
CREATE INDEX dead_letter_cause ON messaging.dead_letter (consumer, cause, id) WHERE state = 'open';
-- Letters of one subject are settled in order. Hashed: a foreign message may have a key longer than an index takes.
CREATE INDEX dead_letter_subject ON messaging.dead_letter (consumer, topic, md5(key)) WHERE state = 'open';
CREATE INDEX dead_letter_settled ON messaging.dead_letter (settled_at) WHERE state <> 'open';
-- A message without a readable id is known again by where it lay and what it was.
CREATE UNIQUE INDEX dead_letter_unreadable ON messaging.dead_letter
  (consumer, origin_topic, origin_partition, origin_offset, md5(coalesce(payload, ''))) WHERE event_id IS NULL;

CREATE TABLE messaging.parked (
  consumer         text        NOT NULL,
  topic            text        NOT NULL,
  key              text        NOT NULL,
  sequence         bigint      NOT NULL,
  event_id         uuid        NOT NULL,
  origin_partition integer     NOT NULL,
  origin_offset    bigint      NOT NULL,
  payload          bytea       NOT NULL,
  parked_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, topic, key, sequence)
);
