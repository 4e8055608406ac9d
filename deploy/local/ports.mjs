import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { Halt } from './progress.mjs';

/**
 * Refuses to begin when a port that will be needed is taken.
 * @param {import('./profile.mjs').Profile} profile
 * @param {{ port: number, title: string }[]} needed
 */
export async function requirePorts(profile, needed) {
  for (const { port, title } of needed) {
    if (await isFree(port)) continue;
    const holder = holderOf(port);
    throw new Halt(
      `Port ${port} (${title}) is taken${holder ? ` by ${holder}` : ''}`,
      `stop that program, or shift all ports: CHENGXIN_PORT_BASE=${profile.shift} ${profile.command}`,
    );
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Program and pid that listen on a port, as far as /proc tells this user.
 * @param {number} port
 * @returns {string | undefined}
 */
function holderOf(port) {
  if (!existsSync('/proc/net/tcp')) return undefined;
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((file) => existsSync(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((row) => row.trim().split(/\s+/)),
    );
  const LISTEN = '0A';
  const inode = rows.find((row) => row[1]?.endsWith(`:${hex}`) && row[3] === LISTEN)?.[9];
  if (!inode) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
      if (open.includes(`socket:[${inode}]`))
        return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (pid ${pid})`;
    } catch (error) {
      if (!['ENOENT', 'EACCES', 'ESRCH'].includes(error.code)) throw error; // gone, or another user's
    }
  }
  return undefined;
}

/**
 * Sends a line over TCP and waits for what comes back; undefined when nobody answers within a second.
 * @param {string} host
 * @param {number} port
 * @param {string} [line] without it, a connection is answer enough
 * @returns {Promise<string | undefined>}
 */
export function exchange(host, port, line) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const answer = (text) => {
      socket.destroy();
      resolve(text);
    };
    socket.once('error', () => answer(undefined));
    socket.once('timeout', () => answer(undefined));
    socket.once('connect', () => (line === undefined ? answer('') : socket.write(line)));
    socket.once('data', (data) => answer(data.toString('utf8')));
  });
}
