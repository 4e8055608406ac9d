import type { Chance } from './chance.js';

/** A thread of the model: between two yields it is alone in the world. A yielded condition is waited for. */
export type Steps<T = void> = Generator<(() => boolean) | undefined, T, void>;

/** The process cannot go on (its database session has ended, say) and is started anew. */
export class Crash extends Error {}

interface Thread {
  steps: Steps;
  until?: (() => boolean) | undefined;
  weight: number;
}

/** A process of the model: its threads die together, and what it held at a server is released. */
export class Process {
  threads: Thread[] = [];
  stopped = false;
  lives = 0;
  #held = new Set<() => void>();

  constructor(
    readonly name: string,
    readonly role: 'writer' | 'relay' | 'consumer' | 'world',
    private readonly start: (process: Process) => Steps[],
  ) {
    this.#begin();
  }

  /** Done when the process dies, until `release` is called. */
  holds(end: () => void): { release: () => void } {
    this.#held.add(end);
    return { release: () => this.#held.delete(end) };
  }

  /** kill -9, and another in its place. */
  kill(): void {
    const held = [...this.#held];
    this.#held.clear();
    for (const end of held) end();
    this.stopped = false;
    this.#begin();
  }

  #begin(): void {
    this.lives += 1;
    this.threads = this.start(this).map((steps) => ({ steps, weight: 1 }));
  }
}

/** Picks who goes on next. The weights change now and then: some threads crawl while others run far ahead. */
export class Scheduler {
  readonly processes: Process[] = [];
  steps = 0;

  constructor(private readonly chance: Chance) {}

  add(process: Process): Process {
    this.processes.push(process);
    return process;
  }

  /** @returns false when nobody can go on */
  step(): boolean {
    this.steps += 1;
    const ready: { process: Process; thread: Thread }[] = [];
    let weight = 0;
    for (const process of this.processes) {
      if (process.stopped) continue;
      for (const thread of process.threads) {
        if (thread.until && !thread.until()) continue;
        ready.push({ process, thread });
        weight += thread.weight;
      }
    }
    let at = this.chance.next() * weight;
    const next = ready.find(({ thread }) => (at -= thread.weight) < 0) ?? ready.at(-1);
    if (!next) return false;
    if (this.chance.happens(0.02)) next.thread.weight = this.chance.pick([0.01, 0.1, 1, 1, 5]);
    this.#advance(next.process, next.thread);
    return true;
  }

  #advance(process: Process, thread: Thread): void {
    try {
      const { done, value } = thread.steps.next();
      thread.until = value ?? undefined;
      if (done) process.threads = process.threads.filter((each) => each !== thread);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      process.kill();
    }
  }

  /** All at the same pace again, nobody stopped. */
  calm(): void {
    for (const process of this.processes) {
      process.stopped = false;
      for (const thread of process.threads) thread.weight = 1;
    }
  }
}

/** Several threads inside one thread, as lanes are in a consumer. */
export function* sideBySide(chance: Chance, all: Steps[]): Steps {
  const open = all.map((steps): Thread => ({ steps, weight: 1 }));
  const ready = (): Thread[] => open.filter(({ until }) => !until || until());
  while (open.length > 0) {
    const thread = chance.pick(ready());
    const { done, value } = thread.steps.next();
    thread.until = value ?? undefined;
    if (done) open.splice(open.indexOf(thread), 1);
    if (open.length > 0) yield () => ready().length > 0;
  }
}
