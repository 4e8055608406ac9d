-- Up Migration

-- Worklists are the merged heads of many short ordered runs: one for each stage of each unit (division, list).
-- What is asked is bounded by the number of runs, not of cases; the columns that narrow a run further lie in the
-- index, so that what does not fit is passed over without a look at the table. Only open cases are in them.
DROP INDEX listing_case_due;
DROP INDEX listing_case_due_anywhere;
DROP INDEX listing_case_overdue;
CREATE INDEX listing_case_due ON listing_case (department, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, list_type, region) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_of_region ON listing_case (region, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, list_type, department) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_of_list ON listing_case (list_type, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, department, region) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_of_stage ON listing_case (status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, region) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_overdue ON listing_case (department, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, status, list_type, region) WHERE overdue <> '{}';

-- From the parties that a name finds to their open cases, without a look at those.
DROP INDEX listing_case_subject;
CREATE INDEX listing_case_subject ON listing_case (subject_id, list_type)
  INCLUDE (id, status, due_on, department, region);

-- Shown before, taken off and shown again: since when it is shown now does not tell when it was first.
ALTER TABLE register_entry ADD COLUMN again boolean NOT NULL DEFAULT false;
UPDATE register_entry e SET again = true
  WHERE EXISTS (SELECT FROM register_change c WHERE c.case_id = e.case_id AND c.change = 'removed');
CREATE INDEX register_entry_again ON register_entry (published_on DESC, case_id DESC) WHERE again;

-- Whether an entry has changed since is told by the index alone.
DROP INDEX register_change_case;
CREATE INDEX register_change_case ON register_change (case_id, id) INCLUDE (position);
