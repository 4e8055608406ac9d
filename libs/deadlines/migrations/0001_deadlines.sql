-- Up Migration
CREATE SCHEMA IF NOT EXISTS deadlines;

-- Legal clocks. A row is written in the transaction that starts the clock and outlives every process; it stays
-- after it has run, as proof of what was brought about and when.
CREATE TABLE deadlines.deadline (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text        NOT NULL,
  ref         text        NOT NULL,
  data        jsonb       NOT NULL DEFAULT '{}',
  -- legal time, which the injected clock of the services shows; all other times are the database's own
  due_at      timestamptz NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  outcome     text        CHECK (outcome IN ('done', 'cancelled')),
  ended_at    timestamptz,
  attempts    integer     NOT NULL DEFAULT 0,
  last_error  text,
  next_try_at timestamptz,
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);

-- One live clock of a kind for one thing; ended ones pile up beside it.
CREATE UNIQUE INDEX deadline_live ON deadlines.deadline (kind, ref) WHERE outcome IS NULL;
-- The sweep reads from the oldest on; ended rows are not in its way, however many there are.
CREATE INDEX deadline_due ON deadlines.deadline (due_at, id) WHERE outcome IS NULL;
