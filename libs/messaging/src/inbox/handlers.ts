import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import {
  type CloudEvent,
  type Contract,
  type ContractRegistry,
  eventAndVersion,
  platformContracts,
  type Topic,
} from '#contracts';
import { type Actor, continueTrace, runInContext, type Tx } from '#platform';
import { muted } from '../outbox/publish.js';
import { actorOf, Delivery, JointDelivery } from './delivery.js';
import type { Hearing } from './hears.js';

/** Handlers, topics and contracts do not fit together; the service must not start. */
export class WiringFault extends Error {
  override readonly name = 'WiringFault';

  constructor(readonly faults: readonly string[]) {
    super(`events are not wired:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** The handlers of one service, checked against the topics it consumes. */
export class Handlers {
  readonly #byType = new Map<
    string,
    Omit<Hearing, 'contracts'> & { handler: MessageHandler; topic: Topic }
  >();

  /** @throws WiringFault with every fault at once */
  constructor(
    discovered: ReadonlyMap<string, MessageHandler>,
    consumes: readonly Topic[],
    readonly contracts: ContractRegistry = platformContracts,
    models: readonly string[] = [],
    /** what the platform's map of events says that this service hears; unchecked when absent */
    expected?: readonly Contract[],
  ) {
    const faults: string[] = [];
    const versions = new Map<string, string>();
    const heard = new Set<Topic>();
    for (const [type, handler] of discovered) {
      const {
        contracts: declared = [],
        together = false,
        feeds,
      } = (handler.extras ?? {}) as Partial<Hearing>;
      const contract = declared.find((one) => one.type === type);
      if (!contract) {
        faults.push(`the handler of ${type} was not declared with @Hears or @HearsTogether`);
        continue;
      }
      if (contracts.of(type) !== contract) faults.push(`${type} is not one of the contracts of #contracts`);
      const [event] = eventAndVersion(type);
      const other = versions.get(event);
      if (other) faults.push(`${other} and ${type} are versions of one event: hear the later one`);
      versions.set(event, type);
      if (handler.next) faults.push(`${type} has more than one handler`);
      if (!consumes.includes(contract.topic))
        faults.push(`${type} is heard, but its topic ${contract.topic} is not consumed`);
      heard.add(contract.topic);
      if (feeds !== undefined && !models.includes(feeds))
        faults.push(`${type} feeds ${feeds}, which is not one of the read models`);
      this.#byType.set(type, { handler, together, topic: contract.topic, ...(feeds ? { feeds } : {}) });
    }
    if (expected) faults.push(...deviations(discovered, expected));
    for (const topic of consumes) {
      if (!heard.has(topic)) faults.push(`the topic ${topic} is consumed, but none of its events is heard`);
    }
    for (const model of models) {
      if (this.topicsOf(model).length === 0) faults.push(`no handler feeds the read model ${model}`);
    }
    if (new Set(consumes).size !== consumes.length)
      faults.push(`a topic is named twice: ${consumes.join(', ')}`);
    if (faults.length > 0) throw new WiringFault(faults);
  }

  /** The topics from which a read model is fed. */
  topicsOf(model: string): Topic[] {
    const feeding = [...this.#byType.values()].filter(({ feeds }) => feeds === model);
    return [...new Set(feeding.map(({ topic }) => topic))];
  }

  /** Runs the handler once more for the read model that it feeds, if that is one of these; it can tell nothing. */
  async rebuild(tx: Tx, events: readonly CloudEvent[], models: ReadonlySet<string>): Promise<void> {
    const feeds = this.#byType.get(events[0]!.type)?.feeds;
    if (feeds !== undefined && models.has(feeds)) await muted(tx, () => this.run(tx, events, true));
  }

  hears(type: string): boolean {
    return this.#byType.has(type);
  }

  /**
   * Runs the handler of some events of one type in the caller's transaction, in the trace and with the actor
   * of each event; of the first when a handler takes several together, which names the cause of what it tells.
   */
  async run(tx: Tx, events: readonly CloudEvent[], rebuilding = false): Promise<void> {
    const { type } = events[0]!;
    const found = this.#byType.get(type);
    if (!found) throw new Error(`nobody hears ${type}`);
    const { handler, together } = found;
    if (together) {
      await inContextOf(events[0]!, events.length === 1, () =>
        drain(handler(events, new JointDelivery(tx, rebuilding))),
      );
      return;
    }
    for (const event of events) {
      await inContextOf(event, true, (actor) =>
        drain(handler(event, new Delivery(tx, event, actor, rebuilding))),
      );
    }
  }
}

/** A handler that is missing would let its event pass without a word. */
function deviations(
  discovered: ReadonlyMap<string, MessageHandler>,
  expected: readonly Contract[],
): string[] {
  const types = new Set(expected.map(({ type }) => type));
  return [
    ...[...types].filter((type) => !discovered.has(type)).map((type) => `${type} has no handler`),
    ...[...discovered.keys()]
      .filter((type) => !types.has(type))
      .map((type) => `${type} is heard, but HEARERS of #contracts does not say so`),
  ];
}

function inContextOf(
  event: CloudEvent,
  alone: boolean,
  work: (actor: Actor) => Promise<void>,
): Promise<void> {
  const actor = actorOf(event.actor);
  return runInContext({ traceparent: continueTrace(event.traceparent), ...(alone ? { actor } : {}) }, () =>
    work(actor),
  );
}

/** Nest hands errors over in the stream; what is not drained is lost. */
async function drain(answering: Promise<unknown>): Promise<void> {
  const answer = await answering;
  if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
}
