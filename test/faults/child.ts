import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AppSettings, Command, Mode, Report } from './app-protocol.js';

/** One process of the run, started anew when it ends by itself. */
export class Child {
  ready = false;
  owned: number[] = [];
  open = 0;
  restarts = 0;
  readonly consumed: Record<string, number> = {};
  #process: ChildProcess | undefined;
  #wanted = false;
  #load = 0;
  #mode: Partial<Mode> = {};

  constructor(
    private readonly program: string,
    private readonly settings: AppSettings,
    private readonly onReport: (report: Report) => void,
    /** told when it has ended without having been killed */
    private readonly onOwnEnd: (how: string) => void,
  ) {}

  get name(): string {
    return this.settings.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    this.#wanted = true;
    this.ready = false;
    const settings = { ...this.settings, seed: this.settings.seed + this.restarts };
    const child = fork(this.program, {
      env: { ...process.env, NODE_OPTIONS: '', FAULT_APP: JSON.stringify(settings) },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#process = child;
    child.on('message', (report) => this.#heard(report as Report));
    // A message to a process that has just been killed.
    child.on('error', () => undefined);
    child.on('exit', (code, signal) => {
      if (this.#process !== child) return;
      if (this.#wanted && signal !== 'SIGKILL')
        this.onOwnEnd(`${this.name} ended by itself (${code ?? signal})`);
      this.owned = [];
      this.open = 0;
      this.ready = false;
      this.#process = undefined;
      if (!this.#wanted) return;
      this.restarts += 1;
      this.start();
    });
    this.tell({ load: this.#load, mode: this.#mode });
  }

  /** Kept over restarts. */
  tell(command: Command): void {
    this.#load = command.load ?? this.#load;
    this.#mode = { ...this.#mode, ...command.mode };
    if (this.#process?.connected) this.#process.send(command, () => undefined);
  }

  /** kill -9; another takes its place. */
  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** For good: nothing takes its place. */
  async end(): Promise<void> {
    this.#wanted = false;
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  #heard(report: Report): void {
    this.owned = report.owned ?? this.owned;
    this.open = report.open ?? this.open;
    this.ready = report.ready ?? this.ready;
    for (const [outcome, events] of Object.entries(report.consumed ?? {}))
      this.consumed[outcome] = (this.consumed[outcome] ?? 0) + events;
    this.onReport(report);
  }
}
