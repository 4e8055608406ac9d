-- Up Migration

-- Which reading of its topics a consumer is at. A replay raises the generation: its members leave the old
-- group and join `<group>.<generation>`, which begins where the replay says. Whoever still works for an
-- earlier generation finds another number here and can settle nothing (receipts.ts).
CREATE TABLE messaging.consumer (
  consumer   text    PRIMARY KEY,
  generation integer NOT NULL DEFAULT 1,
  -- a snapshot is being read in: nobody joins before it is complete
  filling    boolean NOT NULL DEFAULT false
);

-- How far the read models of a consumer have been rebuilt, under which generation: `last_sequence` stays what
-- was settled once and for all, `rebuilt_sequence` follows it anew from nothing.
ALTER TABLE messaging.position
  ADD COLUMN epoch            integer NOT NULL DEFAULT 0,
  ADD COLUMN rebuilt_sequence bigint;

-- Who had what read again, and how far it must come. `goal` is the end of each partition when it began.
CREATE TABLE messaging.replay (
  id         uuid        PRIMARY KEY,
  consumer   text        NOT NULL,
  generation integer     NOT NULL,
  mode       text        NOT NULL CHECK (mode IN ('again', 'rebuild', 'fill')),
  topics     text[]      NOT NULL,
  models     text[]      NOT NULL,
  since      timestamptz,
  reason     text        NOT NULL,
  goal       jsonb       NOT NULL,
  -- subjects read in from a snapshot
  filled     integer     NOT NULL DEFAULT 0,
  -- of these, subjects that were known here and further on in the snapshot: their last events came by it alone
  overtaken  integer     NOT NULL DEFAULT 0,
  -- by topic, of each snapshot that was read to its end: how many subjects, and the digest of their lines
  snapshots  jsonb       NOT NULL DEFAULT '{}',
  -- what stopped a fill: nobody consumes until another one, or a rebuild, takes its place
  fault      text,
  started_by text        NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at   timestamptz,
  UNIQUE (consumer, generation)
);

-- Snapshots that were given out: to whom, why, and what they held. A fill that read one has the same digest in its
-- row, so that an auditor can tell that what was filled in is what was given out.
CREATE TABLE messaging.snapshot (
  id         uuid        PRIMARY KEY,
  topic      text        NOT NULL,
  given_to   text        NOT NULL,
  reason     text        NOT NULL,
  begun_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- when the reader had its last line; null: it broke off, or is under way
  ended_at   timestamptz,
  subjects   integer,
  sha256     text
);
