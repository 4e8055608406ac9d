-- Up Migration

-- What a list asks for beside the reasons, as everyone may see it: duty, state of performance, numbers of the enforcement.
ALTER TABLE register_entry ADD COLUMN fields jsonb NOT NULL DEFAULT '[]';
