-- Up Migration

-- ---------------------------------------------------------------- bans that outlast their listing by their own law

-- The decision on which a ban rests instead of on the listing, with its last day; null once it is taken back. Its action
-- may be lifted, and the ban still shows in checks.
ALTER TABLE discipline_action ADD COLUMN own_ground jsonb;

DROP INDEX discipline_action_binding;
CREATE INDEX discipline_action_binding ON discipline_action (subject_code)
  WHERE status IN ('ordered', 'received', 'checked', 'applied', 'not-applied') OR own_ground IS NOT NULL;
