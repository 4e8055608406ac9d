-- Up Migration

-- Who took the log of checks, or what is known of incentives, out of the system, and for what: written before the first
-- line is sent.
CREATE TABLE discipline_export (
  id          uuid        PRIMARY KEY,
  what        text        NOT NULL CHECK (what IN ('checks', 'incentives')),
  actor       text        NOT NULL,
  actor_name  text        NOT NULL,
  department  text,
  purpose     text        NOT NULL,
  -- what was asked for: days, department
  asked       jsonb       NOT NULL,
  exported_at timestamptz NOT NULL
);
CREATE TRIGGER discipline_export_grows BEFORE UPDATE OR DELETE ON discipline_export
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
