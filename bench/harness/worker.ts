import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Answer {
  call: number;
  answer?: unknown;
  error?: string;
}

/**
 * A contestant's own process: its CPU and its memory are its alone, and its code stays warm from round to
 * round. It does what it is asked (see serve.ts) and ends with its parent.
 */
export class Worker {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #calls = 0;

  /** @param program of bench/, compiled, without extension: `relay/product` */
  constructor(
    readonly program: string,
    options: readonly string[] = [],
  ) {
    const profiled =
      process.env['BENCH_PROFILE'] === program ? ['--cpu-prof', '--cpu-prof-dir=.local/profiles'] : [];
    this.#child = fork(fileURLToPath(new URL(`../${program}.js`, import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning', ...options, ...profiled],
      serialization: 'advanced',
    });
    this.#child.on('message', (message) => this.#answered(message as Answer));
    this.#child.on('exit', (code, signal) => this.#ended(`${program} ended (${code ?? signal})`));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async ask<T>(task: string, argument: unknown = {}): Promise<T> {
    const call = (this.#calls += 1);
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
    this.#child.send({ call, task, argument });
    return (await answer) as T;
  }

  /** Whatever state a run has left it in; a run that failed must not disturb the next one. */
  async stop(): Promise<void> {
    await this.ask('stop').catch(() => undefined);
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
  }

  #answered({ call, answer, error }: Answer): void {
    const waiting = this.#waiting.get(call);
    this.#waiting.delete(call);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`${this.program}: ${error}`));
  }

  #ended(how: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(how));
    this.#waiting.clear();
  }
}
