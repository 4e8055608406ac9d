-- Up Migration

-- Names and divisions of subjects as records told their changes: the last one told is how a subject is shown here,
-- whatever was heard first. It grows with what is told, and nothing in it is ever changed.
CREATE TABLE subject_change (
  subject_id  uuid        NOT NULL,
  -- place in what records tells of the subject
  sequence    bigint      NOT NULL,
  subject_ref jsonb       NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subject_id, sequence)
);
CREATE TRIGGER subject_change_grows BEFORE UPDATE OR DELETE ON subject_change
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The subject as the listing told it when its measures were ordered, where it has another name or division now: by that
-- one the rules named who executes.
ALTER TABLE discipline_case ADD COLUMN told_as jsonb;
