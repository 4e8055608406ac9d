import { mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { createDatabases } from './postgres.mjs';
import { ProcessFailed } from './processes.mjs';
import { cache } from './profile.mjs';
import { Halt, say, step } from './progress.mjs';

/**
 * The map of all processes: seven services, and what each is given. Their ports follow the base in this order.
 * @typedef {{ name: string, does: string, database?: boolean, redis?: boolean }} Service
 * @type {readonly Service[]}
 */
export const SERVICES = [
  { name: 'console', does: 'the one address for people; passes /api, /oidc and /public on' },
  { name: 'identity', does: 'departments, users, clients; the OpenID provider', database: true },
  { name: 'records', does: 'subjects and credit records', database: true },
  { name: 'listing', does: 'list types, cases, publication, repair', database: true },
  { name: 'measures', does: 'the 45 measures, discipline actions', database: true },
  { name: 'grading', does: 'grade models and grades', database: true },
  { name: 'notifications', does: 'notices, webhooks', database: true, redis: true },
];

/** @param {import('./profile.mjs').Profile} profile @param {Service} service */
function portOf(profile, service) {
  return profile.ports.base + SERVICES.indexOf(service);
}

/** @param {import('./profile.mjs').Profile} profile */
export function servicePorts(profile) {
  return SERVICES.map((service) => ({ port: portOf(profile, service), title: service.name }));
}

/** The one address that people and the tour need. @param {import('./profile.mjs').Profile} profile */
export function addressOf(profile) {
  return `http://127.0.0.1:${profile.ports.base}`;
}

/**
 * What all services share of their environment; a test against them needs the same.
 * @param {import('./profile.mjs').Profile} profile
 */
export function commonEnvironment(profile) {
  const identity = `http://127.0.0.1:${profile.ports.base + 1}`;
  /** @type {Record<string, string>} another issuer takes the place of identity by these two alone */
  const issuer = process.env.OIDC_ISSUER
    ? { OIDC_ISSUER: process.env.OIDC_ISSUER }
    : { OIDC_ISSUER: `${addressOf(profile)}/oidc`, OIDC_JWKS_URI: `${identity}/oidc/jwks` };
  return {
    ...issuer,
    OIDC_AUDIENCE: process.env.OIDC_AUDIENCE ?? 'urn:chengxin:api',
    CHENGXIN_CLOCK_FILE: profile.clockFile,
    CHENGXIN_TOPIC_PREFIX: process.env.CHENGXIN_TOPIC_PREFIX ?? profile.topicPrefix,
  };
}

/**
 * @param {import('./profile.mjs').Profile} profile
 * @param {import('./stack.mjs').Addresses} addresses
 * @param {Service} service
 */
function environmentOf(profile, addresses, service) {
  const database = new URL(addresses.databaseAdminUrl);
  database.pathname = `/${databaseOf(profile, service)}`;
  const peers = SERVICES.filter(({ name }) => name !== 'console').map((peer) => [
    `SERVICE_${peer.name.toUpperCase()}_URL`,
    `http://127.0.0.1:${portOf(profile, peer)}`,
  ]);
  return {
    NODE_ENV: profile.name === 'test' ? 'test' : 'development',
    HOST: '127.0.0.1',
    PORT: String(portOf(profile, service)),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    NODE_COMPILE_CACHE: join(cache, 'node'), // Node 22 and later: halves the time to load
    ...commonEnvironment(profile),
    ...(service.database && { DATABASE_URL: database.href, KAFKA_BROKERS: addresses.kafkaBrokers }),
    ...(service.redis && { REDIS_URL: addresses.redisUrl }),
    // The console passes requests on to all of them; others fetch a snapshot when an operator orders it.
    ...Object.fromEntries(peers),
  };
}

/** @param {import('./profile.mjs').Profile} profile @param {Service} service */
function databaseOf(profile, service) {
  return profile.name === 'test' ? `chengxin_stories_${service.name}` : `chengxin_${service.name}`;
}

/**
 * Starts all services side by side; resolves when each says that it is ready.
 * @param {import('./part.mjs').Context} context
 * @param {import('./stack.mjs').Addresses} addresses
 */
export async function startServices({ profile, processes }, addresses) {
  mkdirSync(dirname(profile.clockFile), { recursive: true });
  const databases = SERVICES.filter(({ database }) => database).map((service) =>
    databaseOf(profile, service),
  );
  await createDatabases(addresses.databaseAdminUrl, databases, { anew: profile.name === 'test' });
  const start = (service) =>
    step(service.name, 'ready', (note) => startService({ profile, processes }, addresses, service, note), {
      announced: true,
    });
  say(`Services … starting: ${SERVICES.map(({ name }) => name).join(', ')}`);
  try {
    await Promise.all(SERVICES.map(start));
  } catch (error) {
    if (!(error instanceof ProcessFailed)) throw error;
    for (const line of error.tail.split('\n').slice(-10)) say(`  ${line.slice(0, 400)}`);
    throw new Halt(`${error.message}; its last lines are above`, `the whole log is ${error.log}`);
  }
}

/**
 * @param {import('./part.mjs').Context} context
 * @param {import('./stack.mjs').Addresses} addresses
 * @param {Service} service
 * @param {(text: string) => void} note
 */
async function startService({ profile, processes }, addresses, service, note) {
  const port = portOf(profile, service);
  await processes.start({
    name: service.name,
    title: service.name,
    command: process.execPath,
    args: [join('dist', 'apps', service.name, 'src', 'main.js')],
    env: environmentOf(profile, addresses, service),
    isReady: () => saysReady(port),
    readyWithin: 90_000,
    attempts: 3, // they wait for each other's topics and keys; on a slow machine one may give up early
  });
  note(`127.0.0.1:${port}`);
}

/** @param {number} port @returns {Promise<boolean>} */
function saysReady(port) {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/health/ready', timeout: 2_000, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.once('error', () => resolve(false)); // not listening yet
    request.once('timeout', () => request.destroy());
  });
}
