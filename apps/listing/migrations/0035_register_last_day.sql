-- Up Migration

-- The last day on which an entry is shown, where its term ends it by itself: reads go by the date, so that nobody is
-- found between midnight and the sweep. Null where it stays until somebody acts: until performed, or on application.
ALTER TABLE register_entry ADD COLUMN last_day date;
UPDATE register_entry e SET last_day = e.term_ends_on
  FROM listing_case c WHERE c.id = e.case_id AND c.state -> 'decision' -> 'term' ->> 'ends' = 'term';
