-- Up Migration

-- Objections and requests for the repair of records by what is due next, and whether a duty about them was ever late.
ALTER TABLE objection
  ADD COLUMN due_on     date,
  ADD COLUMN due_clock  text,
  ADD COLUMN late_since date;
ALTER TABLE record_repair
  ADD COLUMN due_clock  text,
  ADD COLUMN late_since date;

-- Of those that are open already the live deadline rows know it: a clock runs out at 24:00 in China of its day.
CREATE TEMPORARY TABLE running ON COMMIT DROP AS
  SELECT split_part(ref, '/', 1)::uuid AS id, split_part(kind, '.', 2) AS clock,
    (due_at AT TIME ZONE 'Asia/Shanghai' - interval '1 second')::date AS due_on
  FROM deadlines.deadline
  WHERE outcome IS NULL AND (kind LIKE 'objection.%' OR kind LIKE 'record-repair.%');
UPDATE objection o SET due_on = r.due_on, due_clock = r.clock
  FROM (SELECT DISTINCT ON (id) * FROM running ORDER BY id, due_on) r WHERE r.id = o.id;
UPDATE record_repair o SET due_clock = r.clock
  FROM (SELECT DISTINCT ON (id) * FROM running ORDER BY id, due_on) r WHERE r.id = o.id;

DROP INDEX objection_worklist;
CREATE INDEX objection_worklist ON objection (department, coalesce(due_on, 'infinity'), id) WHERE status IN ('filed', 'open');
CREATE INDEX objection_helpers ON objection USING gin (helpers) WHERE status IN ('filed', 'open');
CREATE INDEX objection_late ON objection (late_since) WHERE late_since IS NOT NULL;
