-- Up Migration

-- Objections to an entry, also to one whose beginning is not heard yet: after a redrive the mark may come before it.
CREATE TABLE discipline_objection (
  case_id      uuid NOT NULL,
  objection_id text NOT NULL,
  -- day of its mark; null once it is settled, whether or not the mark has been heard of
  since        date,
  PRIMARY KEY (case_id, objection_id)
);
INSERT INTO discipline_objection (case_id, objection_id, since)
  SELECT case_id, mark.key, mark.value::date FROM discipline_case CROSS JOIN LATERAL jsonb_each_text(objections) AS mark;
ALTER TABLE discipline_case DROP COLUMN objections;
