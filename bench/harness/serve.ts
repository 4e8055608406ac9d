interface Call {
  call: number;
  task: string;
  argument: unknown;
}

/** Tasks of a worker's process, by name. Each answers what can be cloned, or throws. */
export type Tasks = Record<string, (argument: never) => unknown>;

/** The other end of {@link Worker}: does what its parent asks until the parent is gone. */
export function serve(tasks: Tasks): void {
  process.on('message', (message) => void answer(tasks, message as Call));
  process.on('disconnect', () => process.exit(0));
}

async function answer(tasks: Tasks, { call, task, argument }: Call): Promise<void> {
  try {
    const work = tasks[task];
    if (!work) throw new Error(`no task ${task}`);
    process.send!({ call, answer: await work(argument as never) });
  } catch (error) {
    process.send!({ call, error: (error as Error).stack ?? String(error) });
  }
}
