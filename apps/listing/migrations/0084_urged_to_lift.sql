-- Up Migration

-- Few of many: cases of which an appeal found that a unit had not lifted, and that unit has not answered. A closed one is
-- found by this alone; it has every receipt, and one of them was not so.
CREATE INDEX listing_case_urged ON listing_case (id)
  WHERE status = 'closed' AND jsonb_path_exists(state, '$.end.urged[*] ? (@.answer == null)');
