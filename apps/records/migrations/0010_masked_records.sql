-- Up Migration

-- Shown to nobody for a time: while a bankruptcy plan is carried out, or execution is stopped (order 36 art. 19, 20).
ALTER TABLE credit_record ADD COLUMN masked_on date;
ALTER TABLE credit_record_repair DROP CONSTRAINT credit_record_repair_change_check;
ALTER TABLE credit_record_repair ADD CONSTRAINT credit_record_repair_change_check
  CHECK (change IN ('repaired', 'masked', 'unmasked', 'repair-undone'));
