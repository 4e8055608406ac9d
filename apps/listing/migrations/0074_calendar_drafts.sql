-- Up Migration

-- A year of the working calendar on its way: drafted from the State Council's notice by one person, published by another.
CREATE TABLE calendar_draft (
  id      uuid    PRIMARY KEY,
  version integer NOT NULL CHECK (version >= 1),
  year    integer NOT NULL,
  status  text    NOT NULL CHECK (status IN ('draft', 'published', 'dropped')),
  state   jsonb   NOT NULL
);
