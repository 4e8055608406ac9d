-- Up Migration

-- ---------------------------------------------------------------- incentives answered by the departments that give them

-- What each executing department does about an entry. Entries of before have none: nobody was asked then, so nobody owes.
CREATE TABLE incentive_task (
  id           uuid    PRIMARY KEY,
  entry_id     uuid    NOT NULL REFERENCES incentive_entry,
  subject_id   uuid    NOT NULL,
  executor     text    NOT NULL,
  version      integer NOT NULL,
  status       text    NOT NULL CHECK (status IN ('granted', 'received', 'applied', 'not-applied', 'end-ordered', 'ended')),
  -- the day by which the department must act, while it must
  due_on       date,
  overdue      boolean NOT NULL,
  granted_on   date    NOT NULL,
  -- the days of what happened to it, for worklists and statistics
  received_on   date,
  answered_on   date,
  answer_missed date,
  end_ordered_on date,
  ended_on      date,
  escalated_to  text,
  escalated_on  date,
  -- the state as the rules know it; the columns above are taken from it
  state        jsonb   NOT NULL,
  UNIQUE (entry_id, executor)
);
CREATE INDEX incentive_task_executor ON incentive_task (executor, status, id);
CREATE INDEX incentive_task_escalated ON incentive_task (escalated_to, id) WHERE escalated_to IS NOT NULL;
CREATE INDEX incentive_task_subject ON incentive_task (subject_id);

CREATE TABLE incentive_task_history (
  task_id     uuid        NOT NULL REFERENCES incentive_task,
  version     integer     NOT NULL,
  fact        jsonb       NOT NULL,
  actor       text        NOT NULL,
  on_day      date        NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (task_id, version)
);
CREATE TRIGGER incentive_task_history_grows BEFORE UPDATE OR DELETE ON incentive_task_history
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Beside the entry, so that a check needs one look: last day by its rule, and what its departments answered, by unit.
ALTER TABLE incentive_entry ADD COLUMN until date, ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';
-- What a subject is entitled to now, by its code: asked in every check inside an approval.
CREATE INDEX incentive_entry_standing ON incentive_entry (subject_code) WHERE withdrawn_on IS NULL;
