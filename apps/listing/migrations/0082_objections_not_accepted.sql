-- Up Migration

-- 不予受理: where the rule of a list knows it, an objection may be refused before it is examined.
ALTER TABLE objection DROP CONSTRAINT objection_status_check;
ALTER TABLE objection ADD CONSTRAINT objection_status_check
  CHECK (status IN ('filed', 'open', 'not-accepted', 'decided', 'withdrawn', 'lapsed'));
