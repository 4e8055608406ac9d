import { SetMetadata } from '@nestjs/common';
import type { Tx } from '#platform';

export const HANDLED_KIND = Symbol('HANDLED_KIND');
export const HANDLED_TOGETHER = Symbol('HANDLED_TOGETHER');

/**
 * What a handler looks like. The transaction is the one in which the deadline is marked done: what the handler
 * writes and publishes is committed with it, or not at all. It should lock its case first.
 */
type DeadlineMethod = (deadline: never, tx: Tx) => Promise<void>;

/**
 * Makes a provider's method the one handler of a kind of deadline.
 *
 *     @OnDeadline('listing.defence')
 *     async defenceEnded(deadline: Deadline<{ round: number }>, tx: Tx): Promise<void>
 *
 * `Deadline` and `Tx` are interfaces: import them with `import type`.
 */
export function OnDeadline(kind: string) {
  return <M extends DeadlineMethod>(
    target: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ) => {
    SetMetadata(HANDLED_KIND, kind)(target, method, descriptor);
  };
}

/** As `DeadlineMethod`, for many of one kind in one transaction: all of them are brought about, or none. */
type DeadlinesMethod = (deadlines: never, tx: Tx) => Promise<void>;

/**
 * Makes a provider's method the one handler of a kind whose deadlines fall due in great numbers at one instant
 * (terms end at midnight): it is handed up to a hundred at a time. When it fails, each of them is handed to it
 * again alone, so that one that cannot be done does not hold up the others.
 *
 *     @OnDeadlines('listing.expiry')
 *     async expired(deadlines: Deadline[], tx: Tx): Promise<void>
 */
export function OnDeadlines(kind: string) {
  return <M extends DeadlinesMethod>(
    target: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ) => {
    SetMetadata(HANDLED_KIND, kind)(target, method, descriptor);
    SetMetadata(HANDLED_TOGETHER, true)(target, method, descriptor);
  };
}
