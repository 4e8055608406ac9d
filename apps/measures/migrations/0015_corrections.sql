-- Up Migration

-- How an entry was last told to read, by a correction or by a publication that its term runs from, also of one whose beginning is not heard yet: after a redrive the
-- older event may come behind it, and must not bring back what was wrong.
CREATE TABLE discipline_correction (
  case_id      uuid   PRIMARY KEY,
  -- place in the subject's events
  sequence     bigint NOT NULL,
  case_ref     jsonb  NOT NULL,
  term_ends_on date
);
