-- Up Migration

-- Each letter of oversight (ordinance art. 32) has an answer clock of its own, where a case had one for all of them.
-- What was marked as late is not told again.
INSERT INTO deadlines.deadline (kind, ref, due_at)
SELECT 'listing.letter-answer', c.id || '/' || (l ->> 'id'),
  ((l ->> 'answerDue')::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
FROM listing_case c, jsonb_array_elements(c.state -> 'oversight' -> 'letters') l
WHERE c.status = 'in-force' AND l -> 'answer' = 'null'
  AND NOT ('letter-answer' = ANY (c.overdue) AND l ->> 'answerDue' =
    (SELECT min(o ->> 'answerDue') FROM jsonb_array_elements(c.state -> 'oversight' -> 'letters') o
     WHERE o -> 'answer' = 'null'));
DELETE FROM deadlines.deadline WHERE kind = 'listing.letter-answer' AND outcome IS NULL AND position('/' IN ref) = 0;
