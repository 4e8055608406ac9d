-- Up Migration

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Published versions: `terms` is everything that a grade depends on and never changes; `notes` (last day,
-- how far confirmed, where from) may.
CREATE TABLE grade_model (
  id         text    NOT NULL,
  version    integer NOT NULL,
  valid_from date    NOT NULL DEFAULT '-infinity',
  valid_to   date,
  terms      jsonb   NOT NULL,
  notes      jsonb   NOT NULL,
  PRIMARY KEY (id, version)
);

-- ---------------------------------------------------------------- inputs per subject, as heard

-- The row of a subject is the lock under which its inputs change and its grade is computed.
CREATE TABLE subject (
  id     uuid PRIMARY KEY,
  kind   text NOT NULL,
  code   text,
  name   text NOT NULL,
  region text NOT NULL
);
CREATE INDEX subject_code ON subject (code);

CREATE TABLE held_record (
  id           uuid   PRIMARY KEY,
  subject_id   uuid   NOT NULL REFERENCES subject,
  type         text   NOT NULL,
  severity     text   NOT NULL,
  performance  text,
  decided_on   date   NOT NULL,
  -- once withdrawn a record counts no more, whatever comes late
  withdrawn_on date,
  -- place in the subject's events: a late copy does not undo a correction
  sequence     bigint NOT NULL,
  document_no  text   NOT NULL
);
CREATE INDEX held_record_subject ON held_record (subject_id);

-- What credit repair did to a record, told on another topic than the record itself, so it may come before it.
CREATE TABLE held_repair (
  record_id   uuid   PRIMARY KEY,
  -- null: the repair was found false, the record counts again
  repaired_on date,
  -- place in the subject's events of the topic `listings`
  sequence    bigint NOT NULL
);

-- in_force_on is null where the end of a listing was heard before its beginning.
CREATE TABLE held_listing (
  case_id     uuid    PRIMARY KEY,
  subject_id  uuid    NOT NULL REFERENCES subject,
  list_type   text    NOT NULL,
  list_name   text    NOT NULL,
  serious     boolean NOT NULL,
  in_force_on date,
  ended_on    date,
  -- lifted provisionally for a bankruptcy plan: it does not count while this stands
  suspended_on date,
  -- place in the subject's events of its last end, lifting or restoration: a late copy of an older one does nothing
  sequence    bigint  NOT NULL DEFAULT 0,
  CHECK (coalesce(in_force_on, ended_on, suspended_on) IS NOT NULL)
);
CREATE INDEX held_listing_subject ON held_listing (subject_id);

-- ---------------------------------------------------------------- grades

-- Every grade that was ever computed, with the trace that explains it.
CREATE TABLE grade_history (
  id            uuid        PRIMARY KEY,
  subject_id    uuid        NOT NULL REFERENCES subject,
  model_id      text        NOT NULL,
  model_version integer     NOT NULL,
  grade         text        NOT NULL,
  previous      text,
  score         numeric     NOT NULL,
  result        jsonb       NOT NULL,
  cause         jsonb       NOT NULL,
  computed_on   date        NOT NULL,
  recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  FOREIGN KEY (model_id, model_version) REFERENCES grade_model (id, version)
);
CREATE INDEX grade_history_subject ON grade_history (subject_id, computed_on DESC, id DESC);
CREATE TRIGGER grade_history_grows BEFORE UPDATE OR DELETE ON grade_history
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The grade that stands now: the last one computed.
CREATE TABLE grade (
  subject_id uuid PRIMARY KEY REFERENCES subject,
  history_id uuid NOT NULL REFERENCES grade_history,
  grade      text NOT NULL,
  version    integer NOT NULL
);
