-- Up Migration

-- Commitments on record that are, or were, told as broken, and how their repair stands (ordinance art. 45). Records and
-- repairs come on two topics, in any order: each has the place of the last event that was followed.
CREATE TABLE commitment (
  record_id       uuid    PRIMARY KEY,
  subject_id      uuid    NOT NULL,
  subject_code    text,
  document_no     text    NOT NULL,
  broken          boolean NOT NULL,
  repaired        boolean NOT NULL,
  record_sequence bigint  NOT NULL,
  repair_sequence bigint  NOT NULL
);

-- What closes the commitment procedure now, under each name by which a subject is asked for: one look for either.
CREATE TABLE commitment_bar (
  subject     text NOT NULL,
  record_id   uuid NOT NULL REFERENCES commitment,
  document_no text NOT NULL,
  PRIMARY KEY (subject, record_id)
);
CREATE INDEX commitment_bar_record ON commitment_bar (record_id);
