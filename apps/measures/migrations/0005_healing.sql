-- Up Migration

-- What reconciliation found and did about it, and who had it done.
CREATE TABLE discipline_healing (
  id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind      text        NOT NULL,
  case_id   uuid        NOT NULL,
  rule      text        NOT NULL,
  executor  text        NOT NULL,
  action_id uuid,
  outcome   text        NOT NULL,
  by_actor  text        NOT NULL,
  healed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER discipline_healing_grows BEFORE UPDATE OR DELETE ON discipline_healing
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
