-- Up Migration

-- What an operator ordered: many dead letters, handled again or given up, at a pace. The row is also the
-- lock: whoever works on an item or changes the job's state holds it, so an item is done once, the pace holds
-- over all replicas, and a job that answers "paused" has nothing under way. next_at and the counters change
-- with every item, hence the room in the page.
CREATE TABLE messaging.redrive_job (
  id          uuid        PRIMARY KEY,
  consumer    text        NOT NULL,
  action      text        NOT NULL CHECK (action IN ('redrive', 'discard')),
  reason      text        CHECK (action = 'redrive' OR reason IS NOT NULL),
  selection   jsonb       NOT NULL,
  cut_off     timestamptz NOT NULL,
  per_second  integer     NOT NULL CHECK (per_second > 0),
  state       text        NOT NULL DEFAULT 'ready'
              CHECK (state IN ('ready', 'running', 'paused', 'finished', 'cancelled')),
  -- items are worked on in the order of their numbers: the next is the number of those done, plus one
  items       integer     NOT NULL,
  redriven    integer     NOT NULL DEFAULT 0,
  discarded   integer     NOT NULL DEFAULT 0,
  failed      integer     NOT NULL DEFAULT 0,
  skipped     integer     NOT NULL DEFAULT 0,
  next_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by  text        NOT NULL,
  started_at  timestamptz,
  -- in whose name its items are done
  started_by  text,
  ended_at    timestamptz,
  CHECK (redriven + discarded + failed + skipped <= items)
) WITH (fillfactor = 40);
CREATE INDEX redrive_job_consumer ON messaging.redrive_job (consumer, id);
CREATE INDEX redrive_job_unfinished ON messaging.redrive_job (consumer) WHERE ended_at IS NULL;

-- Fixed when the job is made: what is set aside later is not swept in. No foreign key to the letter: what
-- came of an item may outlive it.
CREATE TABLE messaging.redrive_item (
  job_id         uuid        NOT NULL REFERENCES messaging.redrive_job ON DELETE CASCADE,
  number         integer     NOT NULL,
  dead_letter_id uuid        NOT NULL,
  topic          text        NOT NULL,
  key            text,
  outcome        text        CHECK (outcome IN ('redriven', 'discarded', 'failed', 'skipped')),
  code           text,
  error          text,
  done_at        timestamptz,
  PRIMARY KEY (job_id, number)
) WITH (fillfactor = 70);
CREATE INDEX redrive_item_outcome ON messaging.redrive_item (job_id, outcome, number);

-- Who did what to which letter or job, and what came of it. No foreign key: the audit outlives both.
CREATE TABLE messaging.redrive_audit (
  id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id         uuid,
  dead_letter_id uuid,
  action         text        NOT NULL CHECK (action IN
                   ('create', 'start', 'pause', 'resume', 'cancel', 'finish', 'redrive', 'discard')),
  actor          text        NOT NULL,
  reason         text,
  outcome        text        NOT NULL,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (job_id IS NOT NULL OR dead_letter_id IS NOT NULL)
);
CREATE INDEX redrive_audit_letter ON messaging.redrive_audit (dead_letter_id, id) WHERE dead_letter_id IS NOT NULL;
CREATE INDEX redrive_audit_job ON messaging.redrive_audit (job_id, id) WHERE job_id IS NOT NULL;
