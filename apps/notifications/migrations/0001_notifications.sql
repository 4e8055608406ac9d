-- Up Migration

-- One row per fact and recipient: the proof that somebody was told.
CREATE TABLE notice (
  id             uuid        PRIMARY KEY,
  cause_event_id uuid        NOT NULL,
  cause_type     text        NOT NULL,
  subject_id     uuid        NOT NULL,
  case_id        uuid,
  recipient_kind text        NOT NULL CHECK (recipient_kind IN ('party', 'unit')),
  recipient_id   text        NOT NULL,
  zh             text        NOT NULL,
  en             text        NOT NULL,
  told_at        timestamptz NOT NULL,
  read_at        timestamptz,
  version        integer     NOT NULL DEFAULT 1,
  UNIQUE (cause_event_id, recipient_kind, recipient_id)
);
CREATE INDEX notice_inbox ON notice (recipient_kind, recipient_id, told_at DESC, id DESC);
CREATE INDEX notice_case ON notice (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE webhook (
  id         uuid        PRIMARY KEY,
  department text        NOT NULL,
  url        text        NOT NULL,
  secret     bytea       NOT NULL, -- AES-256-GCM: nonce, tag, cipher text
  types      text[],               -- null: every event that its owner may read
  created_at timestamptz NOT NULL,
  ended_at   timestamptz
);
CREATE INDEX webhook_live ON webhook (department) WHERE ended_at IS NULL;

-- The truth about each delivery; the queue in Redis only wakes a worker and may be lost.
CREATE TABLE delivery (
  id            uuid        PRIMARY KEY,
  webhook_id    uuid        NOT NULL REFERENCES webhook (id),
  event_id      uuid        NOT NULL,
  event_type    text        NOT NULL,
  subject_id    uuid        NOT NULL,
  case_id       uuid,
  envelope      text        NOT NULL,
  state         text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'cancelled')),
  attempts      integer     NOT NULL DEFAULT 0,
  due_at        timestamptz NOT NULL DEFAULT now(),
  claimed_until timestamptz,
  last_status   integer,
  last_error    text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  finished_at   timestamptz,
  UNIQUE (webhook_id, event_id)
);
CREATE INDEX delivery_due ON delivery (due_at) WHERE state = 'pending';
CREATE INDEX delivery_list ON delivery (webhook_id, created_at DESC, id DESC);
