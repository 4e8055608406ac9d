-- Up Migration

-- Bodies that lead, decide or execute. Names change by law, ids never do; a row that a reform ended stays,
-- with its last day and its successor, because old decisions name it.
CREATE TABLE unit (
  id          text PRIMARY KEY,
  name        text NOT NULL,
  name_en     text NOT NULL,
  seed_name   text UNIQUE,
  kind        text NOT NULL,
  level       text NOT NULL,
  region      text NOT NULL CHECK (region ~ '^\d{6}$'),
  parent      text REFERENCES unit DEFERRABLE INITIALLY DEFERRED,
  successor   text REFERENCES unit DEFERRABLE INITIALLY DEFERRED,
  credit_code text,
  valid_from  date,
  valid_to    date,
  -- basis, confirmed, source, collective: read whole, never filtered
  seed        jsonb NOT NULL,
  CHECK (valid_from <= valid_to),
  CHECK (parent <> id AND successor <> id)
);
CREATE INDEX unit_parent ON unit (parent);

-- Logins of people. The username is also the `sub` of their tokens and stands in histories and events, so it
-- is never given to somebody else and a row is never deleted, only closed.
CREATE TABLE person (
  username      text PRIMARY KEY CHECK (length(username) BETWEEN 1 AND 120),
  name          text NOT NULL,
  unit          text REFERENCES unit,
  roles         text[] NOT NULL CHECK (cardinality(roles) > 0),
  -- unified social credit code of the party for which this login acts
  party         text UNIQUE,
  password_hash text NOT NULL,
  -- demo rows are accepted only where demo accounts are switched on, whatever database they came with
  demo          boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now(),
  closed_at     timestamptz,
  CHECK ((party IS NULL) OR (unit IS NULL))
);

-- Systems of departments (OAuth 2 client credentials).
CREATE TABLE machine_client (
  client_id   text PRIMARY KEY CHECK (length(client_id) BETWEEN 1 AND 120),
  name        text NOT NULL,
  unit        text NOT NULL REFERENCES unit,
  roles       text[] NOT NULL CHECK (cardinality(roles) > 0),
  -- SHA-256, unsalted: secrets are random and long, so there is nothing to guess, and a token request must stay cheap
  secret_hash text NOT NULL,
  demo        boolean NOT NULL DEFAULT false,
  created_at  timestamptz NOT NULL DEFAULT now(),
  closed_at   timestamptz
);

-- Signing keys and cookie secrets, sealed with IDENTITY_KEY_SECRET: a copy of the database signs nothing.
CREATE TABLE provider_secret (
  id         text PRIMARY KEY,
  purpose    text NOT NULL CHECK (purpose IN ('signing', 'cookies')),
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- What the OpenID provider must remember: sessions, grants, codes, interactions. One table for all models,
-- read by id, by uid (sessions) and by grant.
CREATE TABLE provider_record (
  model       text NOT NULL,
  id          text NOT NULL,
  payload     jsonb NOT NULL,
  grant_id    text,
  user_code   text,
  uid         text,
  expires_at  timestamptz,
  consumed_at timestamptz,
  PRIMARY KEY (model, id)
);
CREATE INDEX provider_record_grant ON provider_record (grant_id) WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX provider_record_uid ON provider_record (model, uid) WHERE uid IS NOT NULL;
CREATE UNIQUE INDEX provider_record_user_code ON provider_record (model, user_code) WHERE user_code IS NOT NULL;
CREATE INDEX provider_record_expiry ON provider_record (expires_at);
CREATE INDEX provider_record_account ON provider_record ((payload ->> 'accountId')) WHERE payload ? 'accountId';

-- Tries to log in, counted before the password is looked at. `login` is a digest: people type passwords into
-- the field above by mistake, and those must not be kept.
CREATE TABLE login_try (
  login      text NOT NULL,
  -- '*' counts the tries of one login from everywhere
  address    text NOT NULL,
  tries      integer NOT NULL,
  last_at    timestamptz NOT NULL,
  wait_until timestamptz,
  PRIMARY KEY (login, address)
);
CREATE INDEX login_try_age ON login_try (last_at);
