-- Up Migration

-- ---------------------------------------------------------------- subjects

-- One row per credit subject. Organisations are found by their unified code, natural persons by a keyed
-- blind index of the citizen number (ordinance art. 19): the number itself is only there sealed, and so is
-- the full name; `name` holds the masked one, so that no query can show more by mistake.
CREATE TABLE subject (
  id            uuid        PRIMARY KEY,
  kind          text        NOT NULL,
  code          text        UNIQUE,
  person_index  bytea       UNIQUE,
  sealed_number bytea,
  sealed_name   bytea,
  name          text        NOT NULL,
  region        text        NOT NULL CHECK (region ~ '^\d{6}$'),
  unit          text,
  registered_by text        NOT NULL,
  registered_at timestamptz NOT NULL,
  version       integer     NOT NULL DEFAULT 1,
  CHECK ((kind = 'natural-person') = (code IS NULL)),
  CHECK ((kind = 'natural-person') = (person_index IS NOT NULL AND sealed_number IS NOT NULL AND sealed_name IS NOT NULL))
);
CREATE INDEX subject_name ON subject (name COLLATE "C", id);

-- What a subject was called before, and who changed it.
CREATE TABLE subject_history (
  subject_id uuid        NOT NULL REFERENCES subject,
  version    integer     NOT NULL,
  name       text        NOT NULL,
  region     text        NOT NULL,
  unit       text,
  reason     text        NOT NULL,
  changed_by text        NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (subject_id, version)
);

-- Who stands behind an organisation: its legal representative, what it owns, who controls it (ordinance
-- art. 33 asks for the responsible persons of a listed one). Told by a unit, with its days.
CREATE TABLE subject_link (
  id              uuid        PRIMARY KEY,
  kind            text        NOT NULL,
  organisation_id uuid        NOT NULL REFERENCES subject,
  party_id        uuid        NOT NULL REFERENCES subject,
  since           date        NOT NULL,
  until           date,
  provider        text        NOT NULL,
  added_at        timestamptz NOT NULL,
  added_by        text        NOT NULL,
  UNIQUE (kind, organisation_id, party_id, since),
  CHECK (organisation_id <> party_id),
  CHECK (until IS NULL OR until >= since)
);
CREATE INDEX subject_link_party ON subject_link (party_id);

-- Which key sealed this database. A service with another key would not find the persons it knows and would
-- register them a second time, so it refuses to start.
CREATE TABLE field_key (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  fingerprint bytea   NOT NULL
);

-- ---------------------------------------------------------------- catalogue

CREATE TABLE record_type (
  id         text    NOT NULL,
  version    integer NOT NULL,
  valid_from date,
  valid_to   date,
  content    jsonb   NOT NULL,
  PRIMARY KEY (id, version)
);

CREATE TABLE severity_rule (
  id          text  PRIMARY KEY,
  record_type text  NOT NULL,
  valid_from  date,
  valid_to    date,
  content     jsonb NOT NULL
);

-- ---------------------------------------------------------------- records

-- A credit record as its provider sent it. `payload` holds the open fields; identity numbers and what else
-- must never be public is in `sealed`, field by field. Keys are keyed digests: a natural key can contain a
-- citizen number, and a plain digest of eighteen digits is found again by trying.
CREATE TABLE credit_record (
  id               uuid          PRIMARY KEY,
  type             text          NOT NULL,
  type_version     integer       NOT NULL,
  subject_id       uuid          NOT NULL REFERENCES subject,
  provider         text          NOT NULL,
  natural_key      bytea         NOT NULL,
  content          bytea         NOT NULL,
  document_no      text          NOT NULL,
  decided_on       date          NOT NULL,
  severity         text          NOT NULL,
  severity_rule    text,
  category         text,
  conduct          text,
  fine_yuan        numeric(20,2),
  authority_name   text          NOT NULL,
  authority_code   text,
  published_until  date,
  payload          jsonb         NOT NULL,
  sealed           jsonb,
  status           text          NOT NULL DEFAULT 'counted' CHECK (status IN ('counted', 'withdrawn')),
  withdrawn_on     date,
  withdrawn_cause  text,
  withdrawn_reason text,
  batch_id         uuid,
  line             integer,
  accepted_at      timestamptz   NOT NULL,
  accepted_by      text          NOT NULL,
  version          integer       NOT NULL DEFAULT 1,
  -- Off publication by credit repair, as the listing service told; the place of that event among its subject's.
  repaired_on      date,
  repair_told      bigint        NOT NULL DEFAULT 0,
  -- A repair that rested on a false application: that it did, and until when this is shown (order 36 art. 25).
  found_false_on   date,
  false_shown_until date,
  -- Objected to: by objection the day of its mark, null once it is settled; the earliest of those that are open.
  objections       jsonb         NOT NULL DEFAULT '{}',
  objection_since  date,
  CHECK ((status = 'withdrawn') = (withdrawn_on IS NOT NULL AND withdrawn_cause IS NOT NULL AND withdrawn_reason IS NOT NULL))
);
-- One decision counts once. A withdrawn record leaves its place free: what was sent by mistake may come again, mended.
CREATE UNIQUE INDEX credit_record_counted ON credit_record (type, natural_key) WHERE status = 'counted';
CREATE INDEX credit_record_withdrawn ON credit_record (type, natural_key) WHERE status = 'withdrawn';
CREATE INDEX credit_record_subject ON credit_record (subject_id, decided_on DESC, id DESC);

-- Every change after acceptance (which the record's own row tells): append-only.
CREATE TABLE credit_record_history (
  record_id  uuid        NOT NULL REFERENCES credit_record,
  version    integer     NOT NULL,
  change     text        NOT NULL,
  facts      jsonb       NOT NULL,
  changed_by text        NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (record_id, version)
);

-- What credit repair did to the publication of a record, as the listing service told: append-only.
CREATE TABLE credit_record_repair (
  record_id  uuid        NOT NULL REFERENCES credit_record,
  told       bigint      NOT NULL,
  change     text        NOT NULL CHECK (change IN ('repaired', 'repair-undone')),
  facts      jsonb       NOT NULL,
  changed_by text        NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (record_id, told)
);

-- ---------------------------------------------------------------- batches

-- One uploaded file. Counts grow with each chunk, in the chunk's own transaction, so that they are true
-- also for an upload that broke off. `attempt` fences an upload that a repeated one has taken over.
CREATE TABLE batch (
  id              uuid        PRIMARY KEY,
  type            text        NOT NULL,
  department      text        NOT NULL,
  media           text        NOT NULL,
  uploaded_by     text        NOT NULL,
  idempotency_key text        NOT NULL,
  attempt         integer     NOT NULL DEFAULT 1,
  status          text        NOT NULL CHECK (status IN ('running', 'done', 'broken-off')),
  digest          bytea,
  total           integer     NOT NULL DEFAULT 0,
  accepted        integer     NOT NULL DEFAULT 0,
  duplicates      integer     NOT NULL DEFAULT 0,
  refused         integer     NOT NULL DEFAULT 0,
  started_at      timestamptz NOT NULL,
  ended_at        timestamptz,
  UNIQUE (uploaded_by, idempotency_key)
);

CREATE TABLE batch_error (
  batch_id  uuid     NOT NULL REFERENCES batch ON DELETE CASCADE,
  line      integer  NOT NULL,
  place     smallint NOT NULL,
  field     text,
  code      text     NOT NULL,
  reason    text     NOT NULL,
  reason_zh text     NOT NULL,
  cure      text     NOT NULL,
  cure_zh   text     NOT NULL,
  PRIMARY KEY (batch_id, line, place)
);

-- ---------------------------------------------------------------- what others told, for the credit file

CREATE TABLE file_listing (
  case_id              uuid    PRIMARY KEY,
  subject_id           uuid    NOT NULL,
  no                   text    NOT NULL,
  list_type            text    NOT NULL,
  list_name            text    NOT NULL,
  conduct_kind         text    NOT NULL,
  department           text    NOT NULL,
  serious              boolean NOT NULL,
  decision_no          text,
  in_force_on          date,
  term_ends_on         date,
  published_on         date,
  publication_ended_on date,
  -- lifted provisionally for a bankruptcy plan: not shown while this stands
  suspended_on         date,
  -- objected to: shown with the mark until the last objection is decided
  objection_since      date,
  ended_on             date,
  ended_how            text,
  -- By objection the day of its mark, null once it was taken away: one may be decided while another is open.
  objections           jsonb   NOT NULL DEFAULT '{}',
  -- Places among the events of the subject: what was told last counts, not what was heard last.
  standing_told        bigint  NOT NULL DEFAULT 0,
  published_told       bigint  NOT NULL DEFAULT 0,
  unpublished_told     bigint  NOT NULL DEFAULT 0,
  content_told         bigint  NOT NULL DEFAULT 0
);
CREATE INDEX file_listing_subject ON file_listing (subject_id);

CREATE TABLE file_grade (
  subject_id    uuid    NOT NULL,
  model         text    NOT NULL,
  model_version integer NOT NULL,
  grade         text    NOT NULL,
  grade_class   text    NOT NULL,
  score         numeric NOT NULL,
  veto          jsonb,
  computed_on   date    NOT NULL,
  PRIMARY KEY (subject_id, model)
);

CREATE TABLE file_discipline (
  action_id  uuid  PRIMARY KEY,
  case_id    uuid  NOT NULL,
  subject_id uuid  NOT NULL,
  measure    text  NOT NULL,
  title      text  NOT NULL,
  class      text  NOT NULL,
  mode       text  NOT NULL,
  executor   text  NOT NULL,
  basis      jsonb NOT NULL,
  starts_on  date  NOT NULL,
  ends_on    date,
  status     text  NOT NULL CHECK (status IN ('ordered', 'applied', 'not-applied', 'lift-ordered', 'lifted'))
);
CREATE INDEX file_discipline_subject ON file_discipline (subject_id) WHERE status <> 'lifted';

-- ---------------------------------------------------------------- who looked

-- Every look at a natural person, with its purpose, written before the answer (ordinance art. 22, PIPL
-- art. 51). Append-only: no role of the service may change or remove a line.
CREATE TABLE access_log (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  actor      text        NOT NULL,
  actor_name text        NOT NULL,
  department text,
  subject_id uuid,
  what       text        NOT NULL,
  purpose    text        NOT NULL,
  trace_id   text        NOT NULL
);
CREATE INDEX access_log_subject ON access_log (subject_id, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER subject_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER credit_record_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_record_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
