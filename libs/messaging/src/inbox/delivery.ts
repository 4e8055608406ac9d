import type { CloudEvent } from '#contracts';
import type { Actor, Tx } from '#platform';

/**
 * What a handler gets beside its event. Whatever it writes and publishes through `tx` is committed together
 * with the note that this event was received, or not at all.
 */
export class Delivery {
  constructor(
    readonly tx: Tx,
    readonly event: CloudEvent,
    /** who decided what the event tells; also the actor of what the handler publishes */
    readonly actor: Actor,
    /** told once more, to rebuild the read model: what it published is published, what it began is begun */
    readonly rebuilding = false,
  ) {}
}

/**
 * What a handler of many events gets beside them: one transaction for all. What it publishes names its
 * `cause`, since there is no single event whose trace and actor would be right for everything.
 */
export class JointDelivery {
  constructor(
    readonly tx: Tx,
    /** as in {@link Delivery} */
    readonly rebuilding = false,
  ) {}
}

/** Reads the line that `actorLine` wrote. */
export function actorOf(line: string): Actor {
  const match = /^(person|system):(.+?)(?:@([^@]+))?$/.exec(line);
  const [, kind = 'system', id = line, department] = match ?? [];
  return { kind: kind as Actor['kind'], id, name: id, ...(department ? { department } : {}), roles: [] };
}
