-- Up Migration

-- ---------------------------------------------------------------- law as data

-- Versions of list types. A version under which a case was decided never changes: the loader refuses it.
CREATE TABLE list_type (
  key        text        NOT NULL,
  version    date        NOT NULL,
  valid_to   date,
  name       text        NOT NULL,
  confirmed  text        NOT NULL CHECK (confirmed IN ('true', 'text', 'false')),
  -- digest of what the rules say, without source and remarks
  digest     text        NOT NULL,
  content    jsonb       NOT NULL,
  loaded_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (key, version),
  CHECK (valid_to IS NULL OR valid_to >= version)
);

CREATE TABLE calendar_year (
  year      integer     PRIMARY KEY,
  content   jsonb       NOT NULL,
  loaded_at timestamptz NOT NULL DEFAULT now()
);

-- ---------------------------------------------------------------- what other services told

-- Subjects and records as they were told by events, so that a case can be opened without a call.
-- `told_at` is the time of the newest event heard: topics overtake each other, an older word changes nothing.
CREATE TABLE subject (
  id      uuid        PRIMARY KEY,
  kind    text        NOT NULL,
  code    text,
  name    text        NOT NULL,
  region  text        NOT NULL,
  told_at timestamptz NOT NULL
);
CREATE INDEX subject_code ON subject (code) WHERE code IS NOT NULL;

CREATE TABLE record (
  id          uuid        PRIMARY KEY,
  subject_id  uuid        NOT NULL,
  type        text        NOT NULL,
  document_no text        NOT NULL,
  decided_on  date        NOT NULL,
  provider    text        NOT NULL,
  severity    text        NOT NULL,
  -- 处罚类别 in the words of the source
  category    text,
  -- last day on 信用中国 by itself; null: not shown
  published_until date,
  -- off it with an entry that ended (order 107 art. 13)
  unpublished_on date,
  withdrawn   boolean     NOT NULL DEFAULT false,
  told_at     timestamptz NOT NULL
);

-- ---------------------------------------------------------------- cases

-- Numbers without gap per list and year: the row is the lock.
CREATE TABLE case_number (
  list_type text    NOT NULL,
  year      integer NOT NULL,
  last      integer NOT NULL CHECK (last BETWEEN 1 AND 999999),
  PRIMARY KEY (list_type, year)
);

-- One row per case: columns for what is filtered, sorted or constrained, `state` for the whole.
CREATE TABLE listing_case (
  id            uuid    PRIMARY KEY,
  -- the principal's case: employer and responsible persons of one file (案卷) share it
  file_id       uuid    NOT NULL REFERENCES listing_case,
  no            text    NOT NULL UNIQUE,
  version       integer NOT NULL CHECK (version >= 1),
  status        text    NOT NULL,
  list_type     text    NOT NULL,
  rules_version date    NOT NULL,
  subject_id    uuid    NOT NULL REFERENCES subject,
  department    text    NOT NULL,
  conduct_kind  text    NOT NULL,
  opened_on     date    NOT NULL,
  decided_on    date,
  in_force_on   date,
  term_ends_on  date,
  ended_on      date,
  overdue       text[]  NOT NULL DEFAULT '{}',
  state         jsonb   NOT NULL,
  FOREIGN KEY (list_type, rules_version) REFERENCES list_type (key, version)
) WITH (fillfactor = 80);
CREATE INDEX listing_case_file ON listing_case (file_id);
CREATE INDEX listing_case_subject ON listing_case (subject_id, list_type);
CREATE INDEX listing_case_worklist ON listing_case (department, status, id DESC);
CREATE INDEX listing_case_list ON listing_case (list_type, status, id DESC);

-- The records on which a case rests. A record carries one entry of a list for each party, unless the case was
-- withdrawn or the entry undone: nobody is listed twice for one thing.
CREATE TABLE case_record (
  case_id   uuid    NOT NULL REFERENCES listing_case,
  record_id uuid    NOT NULL,
  list_type text    NOT NULL,
  subject_id uuid   NOT NULL,
  taken     boolean NOT NULL DEFAULT true,
  PRIMARY KEY (case_id, record_id)
);
CREATE UNIQUE INDEX case_record_taken ON case_record (list_type, record_id, subject_id) WHERE taken;
CREATE INDEX case_record_record ON case_record (record_id);

-- What happened, in order; never changed.
CREATE TABLE case_history (
  case_id       uuid        NOT NULL REFERENCES listing_case,
  position      integer     NOT NULL CHECK (position >= 1),
  -- version of the case that the fact belongs to; facts of one decision share it
  version       integer     NOT NULL,
  fact          text        NOT NULL,
  data          jsonb       NOT NULL,
  rules_version date        NOT NULL,
  actor         jsonb       NOT NULL,
  -- legal time
  happened_at   timestamptz NOT NULL,
  event_id      uuid,
  traceparent   text,
  PRIMARY KEY (case_id, position)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER case_history_append_only BEFORE UPDATE OR DELETE ON case_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Requests for repair (early removal, provisional lifting, 信用中国), open and decided.
CREATE TABLE repair (
  id            uuid NOT NULL PRIMARY KEY,
  case_id       uuid NOT NULL REFERENCES listing_case,
  status        text NOT NULL CHECK (status IN ('requested', 'accepted', 'verified', 'not-accepted',
                                                   'refused', 'granted', 'withdrawn', 'lapsed', 'found-false')),
  requested_on  date NOT NULL,
  rules_version date NOT NULL,
  request       jsonb NOT NULL,
  decision_due  date,
  accepted_on   date,
  answered_on   date,
  answer        text,
  answered_by   jsonb
);
CREATE INDEX repair_case ON repair (case_id, id);
CREATE UNIQUE INDEX repair_open ON repair (case_id) WHERE status IN ('requested', 'accepted', 'verified');

-- ---------------------------------------------------------------- closure

-- Discipline actions of a case, from either event: the lift may be heard before the order.
CREATE TABLE case_action (
  id       uuid PRIMARY KEY,
  case_id  uuid NOT NULL REFERENCES listing_case,
  executor text NOT NULL,
  rule     text NOT NULL,
  title    text NOT NULL
);
CREATE INDEX case_action_case ON case_action (case_id);

-- How many actions were ordered, once `measures` has told that all are.
CREATE TABLE case_orders (
  case_id uuid    PRIMARY KEY REFERENCES listing_case,
  actions integer NOT NULL CHECK (actions >= 0)
);

CREATE TABLE case_receipt (
  case_id  uuid        NOT NULL REFERENCES listing_case,
  kind     text        NOT NULL,
  ref      text        NOT NULL,
  by       text        NOT NULL,
  at       timestamptz NOT NULL,
  event_id uuid        NOT NULL,
  -- 0: of the end that stands; a listing that was restored leaves its earlier receipts behind, counted from 1
  past     integer     NOT NULL DEFAULT 0,
  PRIMARY KEY (case_id, kind, ref, past)
);

-- ---------------------------------------------------------------- public register

-- What everyone may see now, already masked. A row is here exactly while the entry is published.
CREATE TABLE register_entry (
  case_id      uuid PRIMARY KEY REFERENCES listing_case,
  subject_id   uuid NOT NULL,
  list_type    text NOT NULL,
  list_name    text NOT NULL,
  name         text NOT NULL,
  -- null for a natural person, whose name is masked and not searched
  code         text,
  searchable   boolean NOT NULL,
  department   text NOT NULL,
  decision_no  text NOT NULL,
  decided_on   date NOT NULL,
  published_on date NOT NULL,
  term_ends_on date,
  -- the entry is objected to since this day
  objection_since date,
  reasons      text NOT NULL,
  basis        jsonb NOT NULL
);
CREATE INDEX register_entry_code ON register_entry (code) WHERE code IS NOT NULL;
CREATE INDEX register_entry_subject ON register_entry (subject_id);
