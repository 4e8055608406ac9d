-- Up Migration

-- The letters of a case. `content` is the letter with every word in its place: it never changes, and the file
-- is made from it. The file is made when it is first asked for (a decision must not wait for a printer), and
-- kept: a later version of the printing library may set the same words otherwise, what was served may not.
CREATE TABLE document (
  id               uuid        PRIMARY KEY,
  case_id          uuid        NOT NULL REFERENCES listing_case,
  -- version of the case and fact to which it belongs
  version          integer     NOT NULL,
  fact             text        NOT NULL,
  kind             text        NOT NULL,
  no               text        NOT NULL,
  template         text        NOT NULL,
  template_version integer     NOT NULL,
  issued_on        date        NOT NULL,
  -- json, not jsonb: the text that was digested is kept to the letter
  content          json        NOT NULL,
  content_sha256   text        NOT NULL,
  pdf              bytea,
  pdf_sha256       text,
  pdf_sm3          text,
  CHECK ((pdf IS NULL) = (pdf_sha256 IS NULL) AND (pdf IS NULL) = (pdf_sm3 IS NULL)),
  UNIQUE (case_id, version, kind)
);
-- Compressed already.
ALTER TABLE document ALTER COLUMN pdf SET STORAGE EXTERNAL;

CREATE FUNCTION refuse_reissue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.pdf IS NULL AND NEW.pdf IS NOT NULL
     AND (OLD.id, OLD.case_id, OLD.kind, OLD.no, OLD.content::text, OLD.content_sha256, OLD.issued_on)
       = (NEW.id, NEW.case_id, NEW.kind, NEW.no, NEW.content::text, NEW.content_sha256, NEW.issued_on) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an issued document does not change';
END $$;
CREATE TRIGGER document_keeps BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_reissue();

-- Certificates of closure by the code under which everyone who holds it verifies them.
CREATE TABLE closure_certificate (
  code        text PRIMARY KEY CHECK (code ~ '^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$'),
  case_id     uuid NOT NULL UNIQUE REFERENCES listing_case,
  document_id uuid NOT NULL UNIQUE
);
