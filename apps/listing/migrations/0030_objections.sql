-- Up Migration

-- Objections to an entry, one row each: columns for what is filtered, `state` for the whole.
CREATE TABLE objection (
  id         uuid    PRIMARY KEY,
  -- an entry, or a record that is published by itself
  case_id    uuid    REFERENCES listing_case,
  record_id  uuid    REFERENCES record,
  version    integer NOT NULL CHECK (version >= 1),
  status     text    NOT NULL CHECK (status IN ('filed', 'open', 'decided', 'withdrawn', 'lapsed')),
  about      text    NOT NULL,
  department text    NOT NULL,
  -- units that were asked for help: they may read it
  helpers    text[]  NOT NULL DEFAULT '{}',
  overdue    text[]  NOT NULL DEFAULT '{}',
  state      jsonb   NOT NULL,
  CHECK (num_nonnulls(case_id, record_id) = 1)
);
CREATE INDEX objection_record ON objection (record_id, id) WHERE record_id IS NOT NULL;
CREATE INDEX objection_case ON objection (case_id, id);
CREATE INDEX objection_worklist ON objection (department, status, id DESC);
-- One open objection to one thing of an entry, or of a record.
CREATE UNIQUE INDEX objection_of_record_live ON objection (record_id, about) WHERE status IN ('filed', 'open');
CREATE UNIQUE INDEX objection_live ON objection (case_id, about) WHERE status IN ('filed', 'open');

-- What happened to it, in order; never changed.
CREATE TABLE objection_history (
  objection_id uuid        NOT NULL REFERENCES objection,
  position     integer     NOT NULL CHECK (position >= 1),
  version      integer     NOT NULL,
  fact         text        NOT NULL,
  data         jsonb       NOT NULL,
  actor        jsonb       NOT NULL,
  -- legal time
  happened_at  timestamptz NOT NULL,
  PRIMARY KEY (objection_id, position)
);
CREATE TRIGGER objection_history_append_only BEFORE UPDATE OR DELETE ON objection_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
