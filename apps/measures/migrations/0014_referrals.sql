-- Up Migration

-- What a listing passes on for reference: never ordered, never answered, ended with the listing. As actions, a listing
-- that is restored has them anew, in the next round.
CREATE TABLE discipline_referral (
  id         uuid    PRIMARY KEY,
  case_id    uuid    NOT NULL REFERENCES discipline_case,
  round      integer NOT NULL,
  subject_id uuid    NOT NULL,
  rule       text    NOT NULL,
  measure    text    NOT NULL,
  receivers  text[]  NOT NULL,
  begins_on  date    NOT NULL,
  until      date,
  -- title and legal basis as they stood when it was passed on
  content    jsonb   NOT NULL,
  ended_on   date,
  ending     text,
  UNIQUE (case_id, round, rule),
  CHECK ((ended_on IS NULL) = (ending IS NULL))
);
CREATE INDEX discipline_referral_subject ON discipline_referral (subject_id);
CREATE INDEX discipline_referral_receivers ON discipline_referral USING gin (receivers);
