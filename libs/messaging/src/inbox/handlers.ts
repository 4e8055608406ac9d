import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type CloudEvent, type Contract, contractOf, type Topic } from '#contracts';
import { continueTrace, runInContext, type Tx } from '#platform';
import { actorOf, Delivery } from './delivery.js';

/** Handlers, topics and contracts do not fit together; the service must not start. */
export class WiringFault extends Error {
  override readonly name = 'WiringFault';

  constructor(readonly faults: readonly string[]) {
    super(`events are not wired:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** The handlers of one service, checked against the topics it consumes. */
export class Handlers {
  readonly #byType = new Map<string, MessageHandler>();

  /** @throws WiringFault with every fault at once */
  constructor(discovered: ReadonlyMap<string, MessageHandler>, consumes: readonly Topic[]) {
    const faults: string[] = [];
    const heard = new Set<Topic>();
    for (const [type, handler] of discovered) {
      const contract = (handler.extras as { contract?: Contract } | undefined)?.contract;
      if (!contract) {
        faults.push(`the handler of ${type} was not declared with @Hears`);
        continue;
      }
      if (contractOf(type) !== contract) faults.push(`${type} is not one of the contracts of #contracts`);
      if (handler.next) faults.push(`${type} has more than one handler`);
      if (!consumes.includes(contract.topic))
        faults.push(`${type} is heard, but its topic ${contract.topic} is not consumed`);
      heard.add(contract.topic);
      this.#byType.set(type, handler);
    }
    for (const topic of consumes) {
      if (!heard.has(topic)) faults.push(`the topic ${topic} is consumed, but none of its events is heard`);
    }
    if (new Set(consumes).size !== consumes.length)
      faults.push(`a topic is named twice: ${consumes.join(', ')}`);
    if (faults.length > 0) throw new WiringFault(faults);
  }

  hears(type: string): boolean {
    return this.#byType.has(type);
  }

  /** Runs the handler of an event in the caller's transaction, in the trace and with the actor of the event. */
  async run(tx: Tx, event: CloudEvent): Promise<void> {
    const handler = this.#byType.get(event.type);
    if (!handler) throw new Error(`nobody hears ${event.type}`);
    const actor = actorOf(event.actor);
    await runInContext({ traceparent: continueTrace(event.traceparent), actor }, async () => {
      const answer: unknown = await handler(event, new Delivery(tx, event, actor));
      // Nest hands errors over in the stream; what is not drained is lost.
      if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
    });
  }
}
