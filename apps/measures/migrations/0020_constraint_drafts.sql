-- Up Migration

-- ---------------------------------------------------------------- the list of constraints by draft and second person

-- 失信约束措施 are kept apart from discipline (ordinance art. 31) and change the same way as the catalogue and its supplement.
ALTER TABLE catalogue_draft DROP CONSTRAINT catalogue_draft_part_check;
ALTER TABLE catalogue_draft ADD CONSTRAINT catalogue_draft_part_check
  CHECK (part IN ('national', 'supplement', 'constraint'));
