-- Up Migration

-- ---------------------------------------------------------------- editions of the catalogue by draft and second person

-- An edition of the catalogue, or of the provincial supplement, that did not come with a release. Published ones are laid
-- over the seeds at every start, together with published versions of rules.
CREATE TABLE catalogue_draft (
  id         uuid        PRIMARY KEY,
  part       text        NOT NULL CHECK (part IN ('national', 'supplement')),
  edition    text        NOT NULL,
  valid_from date        NOT NULL,
  -- edition that ends the day before this one begins
  replaces   text,
  content    jsonb       NOT NULL,
  status     text        NOT NULL CHECK (status IN ('draft', 'published', 'rejected')),
  state      jsonb       NOT NULL,
  drafted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX catalogue_draft_published ON catalogue_draft (part, edition) WHERE status = 'published';
