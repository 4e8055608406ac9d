import { SetMetadata } from '@nestjs/common';
import type { Tx } from '#platform';

export const HANDLED_KIND = Symbol('HANDLED_KIND');

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
