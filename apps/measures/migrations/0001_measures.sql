-- Up Migration

-- History is what an auditor reads: it grows, and nothing in it is ever changed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- ---------------------------------------------------------------- register of units (from seeds)

CREATE TABLE unit (
  id         text  PRIMARY KEY,
  seed_name  text  UNIQUE,
  name       text  NOT NULL,
  name_en    text  NOT NULL,
  kind       text  NOT NULL,
  region     text  NOT NULL,
  successor  text,
  collective jsonb,
  valid_from date,
  valid_to   date
);

-- ---------------------------------------------------------------- the ledger of the 45 measures

CREATE TABLE measure (
  number   smallint PRIMARY KEY,
  deadline date     NOT NULL,
  content  jsonb    NOT NULL
);

CREATE TABLE measure_progress (
  id          uuid        PRIMARY KEY,
  number      smallint    NOT NULL REFERENCES measure,
  unit        text        NOT NULL REFERENCES unit,
  percent     smallint    NOT NULL CHECK (percent BETWEEN 0 AND 100),
  text        text        NOT NULL,
  reported_on date        NOT NULL,
  reported_by text        NOT NULL,
  -- counts the reports of one measure: two at once cannot take one number
  nth         integer     NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (number, nth)
);
CREATE TRIGGER measure_progress_grows BEFORE UPDATE OR DELETE ON measure_progress
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------- discipline: catalogue and rules (from seeds)

CREATE TABLE discipline_catalogue (
  id         text NOT NULL PRIMARY KEY,
  part       text NOT NULL CHECK (part IN ('national', 'supplement', 'constraint')),
  class      text NOT NULL CHECK (class IN ('A', 'B', 'C', 'supplement', 'constraint')),
  valid_from date,
  valid_to   date,
  content    jsonb NOT NULL
);

-- One row is one version of a rule; actions keep the version under which they were ordered.
CREATE TABLE discipline_rule (
  id         text NOT NULL,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to   date,
  list       text NOT NULL,
  measure    text NOT NULL REFERENCES discipline_catalogue,
  mode       text NOT NULL CHECK (mode IN ('required', 'considered', 'reference')),
  content    jsonb NOT NULL,
  PRIMARY KEY (id, valid_from)
);
CREATE INDEX discipline_rule_list ON discipline_rule (list);

-- ---------------------------------------------------------------- discipline: cases and actions

-- What this service knows of a listing. `suspended`: lifted provisionally for a bankruptcy plan. `ended-unseen`,
-- `suspended-unseen`: that was heard before its beginning. A listing that is restored orders its actions anew, in the next round.
CREATE TABLE discipline_case (
  case_id      uuid PRIMARY KEY,
  subject_id   uuid NOT NULL,
  standing     text NOT NULL CHECK (standing IN ('live', 'suspended', 'suspended-unseen', 'ended', 'ended-unseen')),
  round        integer NOT NULL DEFAULT 1 CHECK (round >= 1),
  subject_code text,
  list_type    text NOT NULL,
  serious      boolean NOT NULL,
  department   text NOT NULL,
  in_force_on  date,
  -- the day whose rules ordered what stands: of effect, or of the last restoration
  rules_on     date,
  term_ends_on date,
  ended_on     date,
  ending       text,
  -- rule and executor of every action that the listing ordered: what reconciliation holds the actions against
  expected     jsonb NOT NULL DEFAULT '[]',
  case_ref     jsonb NOT NULL,
  subject_ref  jsonb NOT NULL,
  -- the entry is objected to: shown with every action, until the last objection is decided; by its id since when
  objections   jsonb NOT NULL DEFAULT '{}',
  objection_since date,
  -- place in the subject's events of the last end, lifting or restoration that was heard: an older one does nothing
  sequence     bigint NOT NULL DEFAULT 0,
  CHECK ((standing IN ('live', 'suspended', 'suspended-unseen')) = (ended_on IS NULL))
);
CREATE INDEX discipline_case_subject ON discipline_case (subject_id);
CREATE INDEX discipline_case_live_code ON discipline_case (subject_code) WHERE standing = 'live';

CREATE TABLE discipline_action (
  id         uuid     PRIMARY KEY,
  -- Written in one transaction with its case, as the history with its action, and nothing deletes either. A foreign key
  -- would look each up anew, and lock it: a sixth of what an order costs PostgreSQL.
  case_id    uuid     NOT NULL,
  round      integer  NOT NULL DEFAULT 1,
  subject_id uuid     NOT NULL,
  -- unified social credit code; null of a natural person
  subject_code text,
  rule       text     NOT NULL,
  executor   text     NOT NULL,
  measure    text     NOT NULL,
  class      text     NOT NULL CHECK (class IN ('A', 'B', 'supplement', 'constraint')),
  mode       text     NOT NULL CHECK (mode IN ('required', 'considered')),
  -- the kinds of business in whose checks it shows
  fields     text[]   NOT NULL,
  begins_on  date     NOT NULL,
  until      date,
  version    integer  NOT NULL,
  status     text     NOT NULL CHECK (status IN ('ordered', 'received', 'checked', 'applied', 'not-applied',
                                                    'lift-ordered', 'lifted')),
  -- the day by which the department must act, while it must
  due_on     date,
  overdue    boolean  NOT NULL,
  -- login of the officer who was named
  assignee   text,
  ordered_on date     NOT NULL,
  -- the days of what happened to it, for worklists and statistics
  received_on     date,
  checked_on      date,
  hit             boolean,
  answered_on     date,
  escalated_on    date,
  lift_ordered_on date,
  lifted_on       date,
  -- title and legal basis as they stood when it was ordered
  content    jsonb    NOT NULL,
  -- the state as the rules know it; the columns above are taken from it
  state      jsonb    NOT NULL,
  UNIQUE (case_id, round, rule, executor)
);
CREATE INDEX discipline_action_executor ON discipline_action (executor, status, id);
CREATE INDEX discipline_action_subject ON discipline_action (subject_id);
-- What binds a subject now, by its code: asked thousands of times a second.
CREATE INDEX discipline_action_binding ON discipline_action (subject_code)
  WHERE status IN ('ordered', 'received', 'checked', 'applied', 'not-applied');

CREATE TABLE discipline_action_history (
  action_id   uuid        NOT NULL,
  version     integer     NOT NULL,
  fact        jsonb       NOT NULL,
  actor       text        NOT NULL,
  on_day      date        NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (action_id, version)
);
CREATE TRIGGER discipline_action_history_grows BEFORE UPDATE OR DELETE ON discipline_action_history
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
