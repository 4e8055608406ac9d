-- Up Migration

-- How many decisions of a kind that leaves no record here a department took in a month, as it says itself: what its
-- checks are held against (ordinance art. 44). Of each month the last version counts; a later one says why.
CREATE TABLE decision_declaration (
  department  text        NOT NULL,
  field       text        NOT NULL CHECK (field IN ('procurement', 'fiscal-funds')),
  -- its first day
  month       date        NOT NULL CHECK (extract(day FROM month) = 1),
  version     integer     NOT NULL CHECK (version > 0),
  decisions   integer     NOT NULL CHECK (decisions >= 0),
  why         text,
  declared_by text        NOT NULL,
  declared_on date        NOT NULL,
  declared_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (department, field, month, version),
  CHECK ((version = 1) = (why IS NULL))
);
CREATE TRIGGER decision_declaration_grows BEFORE UPDATE OR DELETE ON decision_declaration
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
