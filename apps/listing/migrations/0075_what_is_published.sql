-- Up Migration

-- What a list publishes beside the decision: the conduct, and the documents on which the entry rests.
ALTER TABLE register_entry
  ADD COLUMN conduct   text,
  ADD COLUMN documents jsonb NOT NULL DEFAULT '[]';
