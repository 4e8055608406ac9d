-- Up Migration

-- A party that asks who asked about it is known by its code, also once its listings have ended.
CREATE INDEX discipline_case_code ON discipline_case (subject_code);
