-- Up Migration

-- What a version that was published here publishes were two names; it is said by kind of subject and with its article now.
-- Versions of a release are loaded anew at start.
CREATE FUNCTION pg_temp.by_subject(shows jsonb) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_array(
      jsonb_build_object('item', 'reasons', 'of', 'organisations', 'confirmed', false),
      jsonb_build_object('item', 'basis', 'of', 'everyone', 'confirmed', false)
    ) || coalesce(jsonb_agg(jsonb_build_object('item', item, 'of', 'everyone', 'confirmed', false)), '[]')
  FROM jsonb_array_elements_text(coalesce(shows, '[]')) item
$$;
UPDATE list_type SET content = jsonb_set(content, '{publication,shows}', pg_temp.by_subject(content #> '{publication,shows}'))
  WHERE jsonb_typeof(content -> 'publication') = 'object' AND content #> '{publication,shows,0,item}' IS NULL;
UPDATE list_type_draft
  SET state = jsonb_set(state, '{content,publication,shows}', pg_temp.by_subject(state #> '{content,publication,shows}'))
  WHERE jsonb_typeof(state #> '{content,publication}') = 'object' AND state #> '{content,publication,shows,0,item}' IS NULL;
