-- Up Migration

-- A document of finding carries one live case of a subject on a list, as a record does: two submits of one opening
-- make one case. An entry that is over lets its document go, since a debtor who was deleted from the court list may
-- be listed again on the same ruling. Number and issuer are kept as they are compared (domain/decision-number.ts).
CREATE TABLE case_document (
  case_id    uuid    NOT NULL REFERENCES listing_case,
  no         text    NOT NULL,
  issuer     text    NOT NULL,
  list_type  text    NOT NULL,
  subject_id uuid    NOT NULL,
  taken      boolean NOT NULL DEFAULT true,
  PRIMARY KEY (case_id, no, issuer)
);
CREATE UNIQUE INDEX case_document_taken ON case_document (subject_id, list_type, no, issuer) WHERE taken;

-- Of two live cases that rest on one document already the first holds it, both stay as they are.
WITH named AS (
  SELECT c.id, c.list_type, c.subject_id, c.opened_on, c.status NOT IN ('ended', 'closed', 'withdrawn', 'reminded') AS taken,
    d ->> 'no' AS no, d ->> 'issuer' AS issuer
  FROM listing_case c, jsonb_array_elements(coalesce(c.state -> 'documents', '[]')) AS d
)
INSERT INTO case_document (case_id, no, issuer, list_type, subject_id, taken)
  SELECT id, regexp_replace(translate(normalize(no, NFKC), '〔〕【】[]', '()()()'), '\s', '', 'g'),
    regexp_replace(translate(normalize(issuer, NFKC), '〔〕【】[]', '()()()'), '\s', '', 'g'), list_type, subject_id, taken
  FROM named ORDER BY opened_on, id
  ON CONFLICT DO NOTHING;
