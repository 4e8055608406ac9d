-- Up Migration

-- A kind of clue whose law gives it clocks (科学技术活动违规行为调查处理规定 art. 25; 保障中小企业款项支付条例 art. 25) is
-- accepted, handed to the unit that handles it, and answered by its days. Of clues from before only the kind is new:
-- what they have not in their state is filled in when they are read.
ALTER TABLE clue
  DROP CONSTRAINT clue_status_check,
  ADD CONSTRAINT clue_status_check
    CHECK (status IN ('received', 'accepted', 'handled', 'verified', 'dropped', 'used')),
  ADD COLUMN kind         text   NOT NULL DEFAULT 'general',
  ADD COLUMN forwarded_by text,
  ADD COLUMN due_on       date,
  ADD COLUMN due_clock    text,
  ADD COLUMN overdue      text[] NOT NULL DEFAULT '{}',
  ADD COLUMN late_since   date;

-- What waits at a unit, what is due first first; what it handed on; what is late.
CREATE INDEX clue_due ON clue (department, (coalesce(due_on, 'infinity')), id)
  WHERE status IN ('received', 'accepted', 'handled');
CREATE INDEX clue_forwarded ON clue (forwarded_by, id DESC) WHERE forwarded_by IS NOT NULL;
CREATE INDEX clue_overdue ON clue (department, (coalesce(due_on, 'infinity')), id) WHERE overdue <> '{}';
