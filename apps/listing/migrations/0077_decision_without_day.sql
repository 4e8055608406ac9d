-- Up Migration

-- Undecided, and no decision clock runs. In most lists that is as it should be; where the list counts from a day that is
-- stated (a payment limit, a request, a discovery, an acceptance), the case waits for that day and stands last in the
-- worklist. Which lists do is a matter of their versions and is asked when it is read. Worked out by the table, so that
-- no writer can forget it.
ALTER TABLE listing_case ADD COLUMN without_decision_day boolean NOT NULL GENERATED ALWAYS AS (
  status IN ('proposed', 'noticed', 'heard', 'silent', 'reviewed', 'consented', 'approved')
  AND state ->> 'decisionDue' IS NULL
) STORED;
CREATE INDEX listing_case_without_decision_day
  ON listing_case (department, list_type, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, status, region) WHERE without_decision_day;
