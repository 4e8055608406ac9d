-- Up Migration

-- A record is masked for a time: while a plan is carried out, or its execution is stopped (order 36 art. 19, 20).
ALTER TABLE record_repair DROP CONSTRAINT record_repair_status_check;
ALTER TABLE record_repair ADD CONSTRAINT record_repair_status_check CHECK (status IN ('requested', 'accepted', 'verified',
  'not-accepted', 'refused', 'granted', 'masked', 'resumed', 'found-false', 'withdrawn', 'lapsed'));
