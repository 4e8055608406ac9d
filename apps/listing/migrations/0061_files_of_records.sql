-- Up Migration

-- Files that came with a request for the repair of a record, which has no case.
ALTER TABLE attachment ALTER COLUMN case_id DROP NOT NULL,
  ADD COLUMN record_id uuid REFERENCES record,
  ADD CONSTRAINT attachment_of_one CHECK (num_nonnulls(case_id, record_id) = 1),
  ADD CONSTRAINT attachment_of_record UNIQUE (record_id, by_party, digest);
