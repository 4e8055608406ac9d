-- Up Migration

-- Hits that were not answered long after their day: the lead unit that was told, and sees them from then on.
ALTER TABLE discipline_hit ADD COLUMN escalated_to text, ADD COLUMN escalated_on date,
  ADD CONSTRAINT discipline_hit_escalated CHECK ((escalated_to IS NULL) = (escalated_on IS NULL));
CREATE INDEX discipline_hit_escalated ON discipline_hit (escalated_to, due_on) WHERE escalated_to IS NOT NULL;
