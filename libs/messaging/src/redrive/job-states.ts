/** How an ordered redrive stands. */
export type JobState = 'ready' | 'running' | 'paused' | 'finished' | 'cancelled';

/** What an operator may do with it; `finish` is done by whoever finds no item left. */
export type JobAction = 'start' | 'pause' | 'resume' | 'cancel' | 'finish';

/**
 * The whole life of a job. It is made `ready`, so that its items can be looked at before anything is done;
 * what it has done when it is paused or cancelled stays done.
 */
export const JOB_LIFE: Readonly<Record<JobState, Partial<Record<JobAction, JobState>>>> = {
  ready: { start: 'running', cancel: 'cancelled' },
  running: { pause: 'paused', cancel: 'cancelled', finish: 'finished' },
  paused: { resume: 'running', cancel: 'cancelled' },
  finished: {},
  cancelled: {},
};

export function hasEnded(state: JobState): boolean {
  return Object.keys(JOB_LIFE[state]).length === 0;
}

/** What an operator may do now, for the answer and for the cure of a refusal. */
export function actionsIn(state: JobState): Exclude<JobAction, 'finish'>[] {
  return (Object.keys(JOB_LIFE[state]) as JobAction[]).filter((action) => action !== 'finish');
}
