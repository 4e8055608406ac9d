-- Up Migration

-- ---------------------------------------------------------------- the version of the law that orders

-- Counts every change of rules, closed lists or units, whoever makes it: a rule book that was read under this number is
-- still the law. Whoever orders reads one row instead of two hundred.
CREATE TABLE discipline_law (version bigint NOT NULL);
INSERT INTO discipline_law VALUES (1);

CREATE FUNCTION next_law_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE discipline_law SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER discipline_rule_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON discipline_rule
  FOR EACH STATEMENT EXECUTE FUNCTION next_law_version();
CREATE TRIGGER discipline_catalogue_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON discipline_catalogue
  FOR EACH STATEMENT EXECUTE FUNCTION next_law_version();
CREATE TRIGGER unit_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON unit
  FOR EACH STATEMENT EXECUTE FUNCTION next_law_version();
