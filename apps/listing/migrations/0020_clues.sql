-- Up Migration

-- 线索: what somebody told or found before there was a case. Verified, it is a document of finding on which a
-- case may rest; dropped, the reason stays.
CREATE TABLE clue (
  id          uuid    PRIMARY KEY,
  version     integer NOT NULL CHECK (version >= 1),
  department  text    NOT NULL,
  status      text    NOT NULL CHECK (status IN ('received', 'verified', 'dropped', 'used')),
  received_on date    NOT NULL,
  state       jsonb   NOT NULL
);
CREATE INDEX clue_worklist ON clue (department, status, id DESC);
