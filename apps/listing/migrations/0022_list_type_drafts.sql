-- Up Migration

-- A list type on its way: drafted by one person, published by another, or dropped. The row stays as the record
-- of who brought the rule in and what it was held against.
CREATE TABLE list_type_draft (
  id         uuid    PRIMARY KEY,
  version    integer NOT NULL CHECK (version >= 1),
  key        text    NOT NULL,
  status     text    NOT NULL CHECK (status IN ('draft', 'published', 'dropped')),
  state      jsonb   NOT NULL
);
CREATE INDEX list_type_draft_open ON list_type_draft (key) WHERE status = 'draft';

-- The draft that closed a version by following it. The seeds of a release must not open it again.
ALTER TABLE list_type ADD COLUMN closed_by uuid REFERENCES list_type_draft;
