-- Up Migration

-- What worklists sort and filter by, and what statistics count: kept with every change of a case.
ALTER TABLE listing_case
  -- of the deciding unit, GB/T 2260
  ADD COLUMN region       text NOT NULL,
  ADD COLUMN noticed_on   date,
  ADD COLUMN closed_on    date,
  -- withdrawn, or a reminder in place of a listing
  ADD COLUMN withdrawn_on date,
  -- the legal clock that runs out next
  ADD COLUMN due_on       date,
  ADD COLUMN due_clock    text,
  -- first day on which a duty of this case was late; stays when it is done
  ADD COLUMN late_since   date;

CREATE INDEX listing_case_due ON listing_case (department, (coalesce(due_on, 'infinity')), id)
  WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_anywhere ON listing_case ((coalesce(due_on, 'infinity')), id)
  WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_ended ON listing_case (ended_on, id) WHERE status = 'ended';

-- Parties are found by any part of a name of two characters or more.
ALTER TABLE subject
  ADD COLUMN name_folded text   GENERATED ALWAYS AS (platform.folded(name)) STORED,
  ADD COLUMN name_pairs  text[] GENERATED ALWAYS AS (platform.bigrams(name)) STORED;
CREATE INDEX subject_name ON subject USING gin (name_pairs);

-- Who looked at the file of a natural person or took cases out of the platform, and for what. Written before the
-- answer; never changed.
CREATE TABLE access_log (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  actor      text        NOT NULL,
  actor_name text        NOT NULL,
  department text,
  what       text        NOT NULL,
  case_id    uuid,
  subject_id uuid,
  purpose    text        NOT NULL,
  detail     jsonb       NOT NULL DEFAULT '{}',
  trace_id   text        NOT NULL
);
CREATE INDEX access_log_subject ON access_log (subject_id, id);
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX listing_case_overdue ON listing_case (department) WHERE overdue <> '{}';
