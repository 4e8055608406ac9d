-- Up Migration

-- What the last round of reconciliation found, by kind, for the figures of every replica: only one of them goes round.
CREATE TABLE discipline_round (
  one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
  found    jsonb       NOT NULL,
  ended_at timestamptz NOT NULL
);
