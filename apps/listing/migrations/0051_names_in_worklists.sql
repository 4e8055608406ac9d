-- Up Migration

-- A worklist that is searched by name passes along its runs and looks at the names only: they lie in the index.
-- The copy is kept by the tables themselves, so that no writer can forget it.
ALTER TABLE listing_case ADD COLUMN name_folded text;
UPDATE listing_case c SET name_folded = s.name_folded FROM subject s WHERE s.id = c.subject_id;

CREATE FUNCTION name_of_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.name_folded := (SELECT name_folded FROM subject WHERE id = NEW.subject_id);
  RETURN NEW;
END $$;
CREATE TRIGGER listing_case_name BEFORE INSERT ON listing_case FOR EACH ROW EXECUTE FUNCTION name_of_party();

CREATE FUNCTION rename_party() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE listing_case SET name_folded = platform.folded(NEW.name) WHERE subject_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_renamed AFTER UPDATE OF name ON subject
  FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION rename_party();

DROP INDEX listing_case_due_of_region;
DROP INDEX listing_case_due_of_list;
DROP INDEX listing_case_due_of_stage;
CREATE INDEX listing_case_due_of_region ON listing_case (region, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, list_type, department, name_folded) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_of_list ON listing_case (list_type, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, department, region, name_folded) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
CREATE INDEX listing_case_due_of_stage ON listing_case (status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, region, list_type, name_folded) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
-- One run a unit, whatever the stages.
CREATE INDEX listing_case_due_of_unit ON listing_case (department, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on, status, list_type, region, name_folded) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
-- A small list in a large division: its own runs, not all cases of the division.
CREATE INDEX listing_case_due_of_list_in_region
  ON listing_case (list_type, region, status, (coalesce(due_on, 'infinity')), id)
  INCLUDE (due_on) WHERE status NOT IN ('closed', 'withdrawn', 'reminded');
