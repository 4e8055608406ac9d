-- Up Migration

-- Names are found by any part of two characters or more. pg_trgm needs three, and under the locale C it knows no
-- Chinese character; pairs of characters need neither. Written wide or narrow, large or small: the same name.
CREATE FUNCTION platform.folded(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(normalize(name, NFKC));

-- Folded once instead of once a pair: 5 µs a name instead of 117. Of pairs that come twice an index keeps one; they are
-- not told apart here.
CREATE FUNCTION platform.bigrams(name text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  characters text[] := string_to_array(lower(normalize(name, NFKC)), NULL);
  pairs      text[] := '{}';
BEGIN
  FOR i IN 1 .. cardinality(characters) - 1 LOOP
    pairs := pairs || (characters[i] || characters[i + 1]);
  END LOOP;
  RETURN pairs;
END $$;
