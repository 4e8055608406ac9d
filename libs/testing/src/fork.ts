import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of a spec, to be killed by it. */
export interface Forked {
  process: ChildProcess;
  pid: number;
  /** kill -9; resolves when it is gone */
  kill(): Promise<void>;
}

/**
 * Starts a TypeScript program of the source tree in a process of its own, with nothing built. It must end when
 * its parent does (`process.on('disconnect', …)`).
 */
export function forkTypescript(program: URL, env: Record<string, string>): Forked {
  const child = fork(fileURLToPath(program), {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--conditions=chengxin-src',
      `--import=${new URL('../typescript/register.mjs', import.meta.url).href}`,
    ],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // A message to a process that has just been killed.
  child.on('error', () => undefined);
  return {
    process: child,
    pid: child.pid!,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
