-- Up Migration

-- ---------------------------------------------------------------- incentives

-- The rules as the seeds have them; one row is one version.
CREATE TABLE incentive_rule (
  id         text NOT NULL,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to   date,
  content    jsonb NOT NULL,
  PRIMARY KEY (id, valid_from)
);

-- What is known of a subject that can bring it an incentive, or keep it from one.
CREATE TABLE incentive_ground (
  subject_id    uuid  PRIMARY KEY,
  subject_ref   jsonb NOT NULL,
  -- {model, grade}; null while it has none
  grade         jsonb,
  -- {recordId: document number} of the honours on record
  honours       jsonb NOT NULL DEFAULT '{}',
  -- {caseId: case number} of the serious lists it stands on
  serious_cases jsonb NOT NULL DEFAULT '{}'
);

CREATE TABLE incentive_entry (
  id           uuid PRIMARY KEY,
  subject_id   uuid NOT NULL REFERENCES incentive_ground,
  subject_code text,
  incentive    text NOT NULL,
  -- title, fields, executors, basis and ground as they stood when it was granted
  content      jsonb NOT NULL,
  granted_on   date NOT NULL,
  withdrawn_on date,
  why          text CHECK (why IN ('ground-lost', 'serious-list', 'rule-ended')),
  case_id      uuid,
  CHECK ((withdrawn_on IS NULL) = (why IS NULL))
);
CREATE UNIQUE INDEX incentive_entry_held ON incentive_entry (subject_id, incentive) WHERE withdrawn_on IS NULL;
CREATE INDEX incentive_entry_code ON incentive_entry (subject_code);
