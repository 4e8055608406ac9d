/**
 * `npm run reset`: forgets the data of `npm start`. With `--all` also that of tests and of shifted ports, and
 * what was fetched (Kafka's jars).
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { existsSync, readdirSync, rmSync } = await import('node:fs');
const { dirname, join } = await import('node:path');
const { removeVolumes } = await import('./containers.mjs');
const { lockOwner, Ownership } = await import('./ownership.mjs');
const { profileOf } = await import('./profile.mjs');
const { Halt, say } = await import('./progress.mjs');

try {
  const profile = profileOf('start');
  const local = dirname(profile.folder);
  const all = process.argv.includes('--all');
  const folders =
    all && existsSync(local) ? readdirSync(local).map((name) => join(local, name)) : [profile.folder];
  for (const folder of folders) {
    const owner = lockOwner(join(folder, 'run', 'lock'));
    if (owner)
      throw new Halt(
        `A stack is running on ${folder} (pid ${owner.pid})`,
        `stop it with Ctrl-C or \`kill ${owner.pid}\` first`,
      );
  }
  await removeVolumes(profile);
  for (const folder of folders) {
    const run = join(folder, 'run');
    if (existsSync(run)) await Ownership.take({ ...profile, run }); // ends what a killed start left running
    rmSync(folder, { recursive: true, force: true });
    say(`${folder} is removed`);
  }
} catch (error) {
  console.error(error instanceof Halt ? error.message : error);
  process.exitCode = 1;
}
