-- Up Migration

-- Permits on record, as far as the duty to ask before them is measured (ordinance art. 44).
CREATE TABLE permit (
  record_id    uuid    PRIMARY KEY,
  subject_id   uuid    NOT NULL,
  subject_code text,
  -- the unit that granted it and put it on record
  department   text    NOT NULL,
  decided_on   date    NOT NULL,
  stands       boolean NOT NULL,
  -- place in the subject's events of the last one that was followed: an older one does nothing
  sequence     bigint  NOT NULL
);
CREATE INDEX permit_granted ON permit (department, decided_on) WHERE stands;
