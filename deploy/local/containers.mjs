import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './processes.mjs';

const file = fileURLToPath(new URL('./parts.compose.yml', import.meta.url));

/** @param {import('./profile.mjs').Profile} profile */
function project(profile) {
  return ['compose', '-p', `chengxin-${profile.name}-${profile.ports.base}`, '-f', file];
}

/** @param {import('./profile.mjs').Profile} profile */
function environment(profile) {
  return {
    CHENGXIN_POSTGRES_PORT: String(profile.ports.postgres),
    CHENGXIN_KAFKA_PORT: String(profile.ports.kafka),
    CHENGXIN_REDIS_PORT: String(profile.ports.redis),
    CHENGXIN_FSYNC: profile.name === 'test' ? 'off' : 'on',
  };
}

/**
 * A part as a container. `docker compose up` stays in the foreground and stops its container on SIGTERM, so to
 * the supervisor it is a process like any other.
 * @param {import('./profile.mjs').Profile} profile
 * @param {'postgres' | 'kafka' | 'redis'} part
 */
export function containerOf(profile, part) {
  mkdirSync(profile.data, { recursive: true });
  writeFileSync(join(profile.data, 'containers'), '');
  return {
    command: 'docker',
    args: [...project(profile), 'up', '--no-log-prefix', part],
    env: environment(profile),
    readyWithin: 300_000, // the first time it pulls the image
    stopWithin: 30_000,
    attempts: 3, // three of them at once may each try to make the project's network
  };
}

/**
 * Removes the containers' volumes, where the parts of this profile have ever run in containers.
 * @param {import('./profile.mjs').Profile} profile
 */
export async function removeVolumes(profile) {
  if (!existsSync(join(profile.data, 'containers'))) return;
  const env = { ...process.env, ...environment(profile) };
  await ask('docker', [...project(profile), 'down', '--volumes'], { env, timeout: 60_000 });
}
