-- Up Migration

-- Requests for the repair of a record that is published by itself, one row each (order 36 art. 13 to 17).
CREATE TABLE record_repair (
  id         uuid    PRIMARY KEY,
  record_id  uuid    NOT NULL REFERENCES record,
  subject_id uuid    NOT NULL REFERENCES subject,
  version    integer NOT NULL CHECK (version >= 1),
  status     text    NOT NULL CHECK (status IN ('requested', 'accepted', 'verified', 'not-accepted', 'refused', 'granted',
    'found-false', 'withdrawn', 'lapsed')),
  department text    NOT NULL,
  overdue    text[]  NOT NULL DEFAULT '{}',
  -- open: the legal clock that runs out next
  due_on     date,
  state      jsonb   NOT NULL
);
CREATE INDEX record_repair_record ON record_repair (record_id, id);
CREATE INDEX record_repair_subject ON record_repair (subject_id, id DESC);
CREATE INDEX record_repair_worklist ON record_repair (department, due_on, id) WHERE due_on IS NOT NULL;
-- One open request for a record.
CREATE UNIQUE INDEX record_repair_open ON record_repair (record_id) WHERE status IN ('requested', 'accepted', 'verified');

-- What happened to it, in order; never changed.
CREATE TABLE record_repair_history (
  repair_id   uuid        NOT NULL REFERENCES record_repair,
  position    integer     NOT NULL CHECK (position >= 1),
  version     integer     NOT NULL,
  fact        text        NOT NULL,
  data        jsonb       NOT NULL,
  actor       jsonb       NOT NULL,
  -- legal time
  happened_at timestamptz NOT NULL,
  PRIMARY KEY (repair_id, position)
);
CREATE TRIGGER record_repair_history_append_only BEFORE UPDATE OR DELETE ON record_repair_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
