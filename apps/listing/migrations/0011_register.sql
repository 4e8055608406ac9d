-- Up Migration

-- Kept, not worked out for each row that is looked at: for a part of every name that took seconds at 100,000 entries.
ALTER TABLE register_entry
  ADD COLUMN name_folded text   GENERATED ALWAYS AS (platform.folded(name)) STORED,
  ADD COLUMN name_pairs  text[] GENERATED ALWAYS AS (platform.bigrams(name)) STORED;
CREATE INDEX register_entry_name ON register_entry USING gin (name_pairs) WHERE searchable;
CREATE INDEX register_entry_newest ON register_entry (published_on DESC, case_id DESC);
CREATE INDEX register_entry_list ON register_entry (list_type, published_on DESC, case_id DESC);

-- Every change of the register, as an entry was shown after it. Positions are given after the commit, by whoever
-- reads next: a position drawn inside the transactions would be overtaken by one that commits earlier, and a
-- reader that had passed it would miss it for ever. `entry` is json, not jsonb: its text is what is digested.
CREATE TABLE register_change (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  position   bigint      UNIQUE,
  case_id    uuid        NOT NULL,
  change     text        NOT NULL CHECK (change IN ('added', 'changed', 'removed')),
  -- legal time
  changed_at timestamptz NOT NULL,
  entry      json,
  CHECK ((entry IS NULL) = (change = 'removed'))
);
CREATE INDEX register_change_case ON register_change (case_id, id);
CREATE INDEX register_change_unnumbered ON register_change (id) WHERE position IS NULL;

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.position IS NULL
     AND (OLD.id, OLD.case_id, OLD.change, OLD.changed_at, OLD.entry::text)
       IS NOT DISTINCT FROM (NEW.id, NEW.case_id, NEW.change, NEW.changed_at, NEW.entry::text) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'changes of the register are append-only';
END $$;
CREATE TRIGGER register_change_append_only BEFORE UPDATE OR DELETE ON register_change
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- What the whole register was at a position: how many entries, and the digest of their lines.
CREATE TABLE register_snapshot (
  position bigint      PRIMARY KEY,
  taken_at timestamptz NOT NULL,
  entries  integer     NOT NULL,
  sha256   text        NOT NULL
);
