-- Up Migration

-- ---------------------------------------------------------------- rules by draft and second person

-- A version of a discipline rule that did not come with a release: drafted by one person of the lead unit, published
-- or rejected by another. Published ones are laid over the seeds at every start.
CREATE TABLE rule_draft (
  id         uuid        PRIMARY KEY,
  rule       text        NOT NULL,
  valid_from date        NOT NULL,
  content    jsonb       NOT NULL,
  status     text        NOT NULL CHECK (status IN ('draft', 'published', 'rejected')),
  -- who drafted and who decided, with day and reason
  state      jsonb       NOT NULL,
  drafted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- One version of a rule from one day: of two drafts for it only one can be published.
CREATE UNIQUE INDEX rule_draft_published ON rule_draft (rule, valid_from) WHERE status = 'published';
