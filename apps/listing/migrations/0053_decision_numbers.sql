-- Up Migration

-- A unit gives a number to one decision of a year (决定书文号). Employer and persons of a file (案卷) are decided on
-- by one document, so the number is the file's. `no` is the number as it is compared, not as it is printed.
CREATE TABLE decision_number (
  department text    NOT NULL,
  year       integer NOT NULL,
  no         text    NOT NULL,
  file_id    uuid    NOT NULL REFERENCES listing_case,
  PRIMARY KEY (department, year, no)
);
-- Numbers that were given twice before: the first keeps it, both decisions stay as they are. The same letters
-- as in domain/decision-number.ts.
INSERT INTO decision_number (department, year, no, file_id)
  SELECT department, extract(year FROM decided_on)::integer,
    regexp_replace(translate(normalize(state -> 'decision' ->> 'no', NFKC), '〔〕【】[]', '()()()'), '\s', '', 'g'), file_id
  FROM listing_case WHERE decided_on IS NOT NULL ORDER BY decided_on, id
  ON CONFLICT DO NOTHING;
