-- Up Migration

-- The day for the answer that passed without one. A late answer takes the mark `overdue` away, and must not be forgotten.
ALTER TABLE discipline_action ADD COLUMN answer_missed date;
UPDATE discipline_action a SET answer_missed = (h.fact ->> 'due')::date
FROM discipline_action_history h
WHERE h.action_id = a.id AND h.fact ->> 'type' = 'overdue' AND h.fact ->> 'missed' = 'answer';
