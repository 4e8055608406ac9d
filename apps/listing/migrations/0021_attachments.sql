-- Up Migration

-- Files that came with a case, never changed. The bytes lie in the database: a case and what was handed in
-- for it are backed up, restored and deleted together. `name` is what the sender called it, shown and never a path.
CREATE TABLE attachment (
  id          uuid        PRIMARY KEY,
  case_id     uuid        NOT NULL REFERENCES listing_case,
  by_party    boolean     NOT NULL,
  name        text        NOT NULL,
  media_type  text        NOT NULL,
  size        integer     NOT NULL CHECK (size > 0),
  digest      text        NOT NULL,
  content     bytea       NOT NULL,
  uploaded_by jsonb       NOT NULL,
  uploaded_at timestamptz NOT NULL,
  UNIQUE (case_id, by_party, digest)
);
-- PDF, PNG and JPEG are compressed already.
ALTER TABLE attachment ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TRIGGER attachment_keeps BEFORE UPDATE OR DELETE ON attachment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
