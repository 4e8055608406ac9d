import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/*
 * Services meet in events: none asks another, none reads another's tables (docs/architecture). What their handlers do
 * is shown where they run (`heard-alone.ts`); this holds the sources to it, in which whoever calls anybody is named.
 */

const ROOT = new URL('../../', import.meta.url);

/** Where a client of HTTP or a bare socket is, and whom it calls. */
const CALLERS = {
  'apps/console/src/openapi/service-documents.ts': 'the console shows the documents of all services',
  'apps/console/src/operations/health.controller.ts': 'the console shows the operator who is ready',
  'apps/console/src/operations/messaging.controller.ts': 'the console shows the operator the lag of all',
  'apps/console/src/pages/certificates.ts':
    'the page of a certificate shows what the listing service says of it',
  'apps/console/src/pages/login.ts': 'the issuer of identities',
  'apps/console/src/proxy/pass-on.ts': 'the front door passes on what a user asks',
  'apps/notifications/src/webhooks/guarded-agent.ts': 'subscribers outside; no address of the inside',
  'apps/notifications/src/webhooks/sender.ts': 'subscribers outside, through that agent',
  'libs/messaging/src/kafka/client.ts': 'the broker',
  'libs/messaging/src/replay/snapshot-client.ts': 'a snapshot, in the name of an operator who orders it',
  'libs/platform/src/access/tokens.ts': 'the keys of the issuer of identities',
};

/** Where a connection to a database is made: to the one that DATABASE_URL names. */
const CONNECTIONS = {
  'libs/messaging/src/relay/relay-session.ts': 'the relay, in the database whose outbox it carries',
  'libs/platform/src/database/database.ts': 'every service, in its own',
};

/** Who holds the client of snapshots: none of them is reached by an event. */
const SNAPSHOTS = {
  'apps/measures/src/discipline/commands/compare-listings.ts':
    'compares with the register when an operator orders it',
  'apps/measures/src/discipline/discipline.module.ts': 'gives the comparison its client',
  'libs/messaging/src/index.ts': 'exports it',
  'libs/messaging/src/messaging.module.ts': 'gives the fill its client',
  'libs/messaging/src/replay/fills.ts': 'fills a read model when an operator orders it',
  'libs/messaging/src/replay/snapshot-client.ts': 'is it',
};

/** What a service's database holds beside its own tables, each made by its own migrations. */
const OWN_SCHEMAS = ['deadlines', 'messaging', 'platform', 'public', 'information_schema', 'pg_catalog'];

const CLIENT =
  /\bfetch\(|^import (?!type)[^;]*? from '(?:undici|axios|got|node-fetch|(?:node:)?(?:http|https|http2|net|tls|dgram))';/m;
const CONNECTION = /^import (?!type)[^;]*? from '(?:pg|postgres|typeorm)';|\bnew (?:pg\.)?(?:Client|Pool)\(/m;
const ELSEWHERE =
  /\bdblink|postgres_fdw|\bFOREIGN (?:TABLE|DATA WRAPPER|SCHEMA)\b|\bpostgres(?:ql)?:\/\/(?!user:password@host)/i;
const TABLE = /\b(?:(?<!DISTINCT )FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES) (?:ONLY )?([a-z_]+)\.[a-z_]+/g;

interface Source {
  file: string;
  text: string;
}

function sourcesOf(folder: 'apps' | 'libs'): Source[] {
  return (readdirSync(new URL(`${folder}/`, ROOT), { recursive: true }) as string[])
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /^(apps|libs)\/[^/]+\/(src|migrations)\/.*\.(ts|sql)$/.test(file))
    .filter((file) => !file.endsWith('.spec.ts') && !file.startsWith('libs/testing/'))
    .map((file) => ({ file, text: readFileSync(new URL(file, ROOT), 'utf8') }));
}

const sources = [...sourcesOf('apps'), ...sourcesOf('libs')];
const having = (what: RegExp): string[] =>
  sources
    .filter(({ text }) => what.test(text))
    .map(({ file }) => file)
    .sort();

describe('a service', () => {
  it('asks no other: who calls anybody is named here, and whom', () => {
    expect(having(CLIENT)).toEqual(Object.keys(CALLERS).sort());
  });

  it('is given a snapshot of another only where a person orders it, and by no event', () => {
    expect(having(/\bSnapshotClient\b/)).toEqual(Object.keys(SNAPSHOTS).sort());
  });

  it('reads its own database alone: no connection to another, no way out of it, no schema but its own', () => {
    expect(having(CONNECTION)).toEqual(Object.keys(CONNECTIONS).sort());
    expect(having(ELSEWHERE)).toEqual([]);
    const foreign = sources.flatMap(({ file, text }) =>
      [...text.matchAll(TABLE)]
        .filter(([, schema]) => !OWN_SCHEMAS.includes(schema!))
        .map(([found]) => `${file}: ${found}`),
    );
    expect(foreign).toEqual([]);
  });

  it.each([
    [CLIENT, "const answer = await fetch('http://records:7102/api/subjects');"],
    [CLIENT, "import { request } from 'undici';"],
    [CLIENT, "import {\n  Agent,\n  get,\n} from 'node:http';"],
    [CONNECTION, "import pg from 'pg';"],
    [CONNECTION, 'const other = new Pool({ connectionString });'],
    [ELSEWHERE, "SELECT * FROM dblink('dbname=records', 'SELECT 1')"],
    [ELSEWHERE, 'CREATE FOREIGN TABLE credit_record ()'],
  ])('would be found: %s', (pattern, text) => expect(pattern.test(text)).toBe(true));

  it('would be found in the schema of another', () => {
    const found = 'JOIN records.credit_record r ON r.id = x.id'.matchAll(TABLE);
    expect([...found].map(([, schema]) => schema)).toEqual(['records']);
    expect([...'n IS DISTINCT FROM excluded.n'.matchAll(TABLE)]).toEqual([]);
  });
});
