-- Up Migration

-- ---------------------------------------------------------------- what departments owe, by the day it is due

-- A worklist is the owed part of the actions, an answer or the confirmation of a lift, and every index of it holds only
-- that: an action enters them when it is ordered, leaves them with its answer, and costs them nothing ever after.
-- Each is one run in the order of due days.
ALTER TABLE discipline_action
  -- where the subject is now, GB/T 2260 of the city or prefecture
  ADD COLUMN city      text,
  ADD COLUMN list_type text;
UPDATE discipline_action a SET city = left(c.subject_ref ->> 'region', 4) || '00', list_type = c.list_type
  FROM discipline_case c WHERE c.case_id = a.case_id;
ALTER TABLE discipline_action ALTER COLUMN city SET NOT NULL, ALTER COLUMN list_type SET NOT NULL;

-- What is ordered, thousands a second, enters four of them, so they hold little beside their order: what a run is
-- narrowed by further is looked up in the rows that are passed. Of measures there are few, so that each is met soon;
-- only a list in one city with one measure is so rare that the run of its list says which rows to pass over.
CREATE INDEX discipline_action_due ON discipline_action (due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX discipline_action_due_of_executor ON discipline_action (executor, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX discipline_action_due_of_city ON discipline_action (city, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX discipline_action_due_of_list ON discipline_action (list_type, due_on, id)
  INCLUDE (city, measure) WHERE due_on IS NOT NULL;
-- Few, so one run of all of them serves whoever asks.
CREATE INDEX discipline_action_overdue ON discipline_action (due_on, id)
  INCLUDE (executor, status, city, list_type, measure) WHERE due_on IS NOT NULL AND overdue;
CREATE INDEX discipline_action_due_of_assignee ON discipline_action (assignee, due_on, id)
  WHERE due_on IS NOT NULL AND assignee IS NOT NULL;
CREATE INDEX discipline_action_escalated ON discipline_action ((state #>> '{handling,escalated,to}'), due_on, id)
  INCLUDE (executor, status, city, list_type, measure) WHERE due_on IS NOT NULL AND escalated_on IS NOT NULL;

-- As the subject is called now, and as it was called when its measures were ordered.
ALTER TABLE discipline_case
  ADD COLUMN names text GENERATED ALWAYS AS
    (platform.folded((subject_ref ->> 'name') || coalesce(' ' || (told_as ->> 'name'), ''))) STORED,
  ADD COLUMN name_pairs text[] GENERATED ALWAYS AS
    (platform.bigrams((subject_ref ->> 'name') || coalesce(' ' || (told_as ->> 'name'), ''))) STORED;
CREATE INDEX discipline_case_names ON discipline_case USING gin (name_pairs);
CREATE INDEX discipline_case_code ON discipline_case (subject_code);

-- The same of tasks about incentives.
ALTER TABLE incentive_task
  ADD COLUMN city      text,
  ADD COLUMN incentive text;
UPDATE incentive_task t SET city = left(g.subject_ref ->> 'region', 4) || '00', incentive = e.incentive
  FROM incentive_ground g, incentive_entry e WHERE g.subject_id = t.subject_id AND e.id = t.entry_id;
ALTER TABLE incentive_task ALTER COLUMN city SET NOT NULL, ALTER COLUMN incentive SET NOT NULL;

CREATE INDEX incentive_task_due ON incentive_task (due_on, id)
  INCLUDE (status, city, incentive) WHERE due_on IS NOT NULL;
CREATE INDEX incentive_task_due_of_executor ON incentive_task (executor, due_on, id)
  INCLUDE (status, city, incentive) WHERE due_on IS NOT NULL;
CREATE INDEX incentive_task_due_of_city ON incentive_task (city, due_on, id)
  INCLUDE (status, incentive) WHERE due_on IS NOT NULL;
CREATE INDEX incentive_task_due_of_incentive ON incentive_task (incentive, due_on, id)
  INCLUDE (status, city) WHERE due_on IS NOT NULL;
CREATE INDEX incentive_task_overdue ON incentive_task (due_on, id)
  INCLUDE (executor, status, city, incentive) WHERE due_on IS NOT NULL AND overdue;
CREATE INDEX incentive_task_due_of_subject ON incentive_task (subject_id, due_on, id)
  INCLUDE (executor, status, city, incentive) WHERE due_on IS NOT NULL;
CREATE INDEX incentive_task_due_escalated ON incentive_task (escalated_to, due_on, id)
  INCLUDE (executor, status, city, incentive) WHERE due_on IS NOT NULL AND escalated_on IS NOT NULL;
ALTER TABLE incentive_ground
  ADD COLUMN names      text   GENERATED ALWAYS AS (platform.folded(subject_ref ->> 'name')) STORED,
  ADD COLUMN name_pairs text[] GENERATED ALWAYS AS (platform.bigrams(subject_ref ->> 'name')) STORED;
CREATE INDEX incentive_ground_names ON incentive_ground USING gin (name_pairs);
CREATE INDEX incentive_ground_code ON incentive_ground ((subject_ref ->> 'code'));
