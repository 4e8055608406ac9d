-- Up Migration
CREATE SCHEMA IF NOT EXISTS platform;

-- Keys of repeated requests; the row is written in the transaction of the command itself.
CREATE TABLE platform.idempotency (
  caller     text        NOT NULL,
  key        text        NOT NULL,
  route      text        NOT NULL,
  digest     text        NOT NULL,
  result     jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_age ON platform.idempotency (created_at);
