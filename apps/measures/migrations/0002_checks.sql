-- Up Migration

-- ---------------------------------------------------------------- checks inside approvals

-- Who asked about whom, for which business and on what purpose: written before the answer is given. One row is
-- one subject of one check.
CREATE TABLE discipline_check (
  id         uuid        NOT NULL,
  nth        smallint    NOT NULL,
  -- the code or id as it was asked for
  subject    text        NOT NULL,
  department text        NOT NULL,
  actor      text        NOT NULL,
  field      text        NOT NULL,
  item       text        NOT NULL,
  purpose    text        NOT NULL,
  reference  text,
  hits       smallint    NOT NULL,
  asked_on   date        NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (id, nth)
);
CREATE INDEX discipline_check_subject ON discipline_check (subject, asked_on);
CREATE INDEX discipline_check_department ON discipline_check (department, asked_on);
CREATE TRIGGER discipline_check_grows BEFORE UPDATE OR DELETE ON discipline_check
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An action that bound the subject of a check: the department must say what it made of it.
CREATE TABLE discipline_hit (
  check_id    uuid     NOT NULL,
  nth         smallint NOT NULL,
  action_id   uuid     NOT NULL REFERENCES discipline_action,
  department  text     NOT NULL,
  field       text     NOT NULL,
  due_on      date     NOT NULL,
  overdue     boolean  NOT NULL DEFAULT false,
  -- what was applied, or why not; null while it is open
  answer      jsonb,
  answered_on date,
  answered_by text,
  PRIMARY KEY (check_id, nth, action_id),
  FOREIGN KEY (check_id, nth) REFERENCES discipline_check (id, nth),
  CHECK ((answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
);
CREATE INDEX discipline_hit_open ON discipline_hit (department, due_on) WHERE answer IS NULL;
CREATE INDEX discipline_hit_action ON discipline_hit (action_id);

-- Public halves of the keys that have ever signed an answer: evidence must be verifiable for as long as it is kept.
CREATE TABLE evidence_key (
  kid        text        PRIMARY KEY,
  jwk        jsonb       NOT NULL,
  first_used timestamptz NOT NULL DEFAULT clock_timestamp()
);
