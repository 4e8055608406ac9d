import { Refusal } from '#kernel';

/** The refusal of what is tried; what else it throws is a fault. @throws Error when it is not refused */
export function refused(act: () => unknown, what = 'it'): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`${what} was not refused`);
}
