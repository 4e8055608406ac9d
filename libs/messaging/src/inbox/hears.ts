import {
  applyDecorators,
  type ArgumentsHost,
  Catch,
  type RpcExceptionFilter,
  UseFilters,
} from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';
import type { Contract, EventOf } from '#contracts';
import type { Delivery, JointDelivery } from './delivery.js';

/** Marks our transport: Nest hands a handler only to the strategy with the same id. */
export const KAFKA_INBOX = Symbol('chengxin:kafka-inbox');

/**
 * Nest's own filter would turn what a handler throws into "Internal server error" before the consumer can
 * see whether it was a refusal or a lost connection. It must stand on the method: filters of a hybrid
 * application have no effect on handlers.
 */
@Catch()
class Rethrow implements RpcExceptionFilter<unknown> {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * A method of a controller in `events/inbox.ts` that hears one event:
 *
 *     @Hears(recordAccepted)
 *     async recordAccepted(@Payload() event: EventOf<typeof recordAccepted>, @Ctx() delivery: Delivery) { … }
 *
 * It runs inside the transaction `delivery.tx`. A Refusal that it throws sets the event aside with the later
 * ones of its subject; any other error is retried first.
 */
export function Hears<C extends Contract>(
  contract: C,
  more: { feeds?: string } = {},
): HearingMethod<EventOf<C>, Delivery> {
  return hearing({ contracts: [contract], together: false, ...more });
}

/**
 * Instead of `@Hears` where one statement can take many events: the method gets all events of one type that a
 * transaction takes, of many subjects, each subject's in their order.
 *
 *     @HearsTogether(recordAccepted)
 *     async recordsAccepted(@Payload() events: EventOf<typeof recordAccepted>[], @Ctx() { tx }: JointDelivery) { … }
 *
 * A lone event comes as a list of one. When the method throws, the events are tried in halves and in the end
 * one by one, so that a bad one is a dead letter alone.
 */
export function HearsTogether<C extends Contract>(
  contract: C,
  more: { feeds?: string } = {},
): HearingMethod<EventOf<C>[], JointDelivery> {
  return hearing({ contracts: [contract], together: true, ...more });
}

/**
 * Instead of many `@Hears` that do the same with every event: one method for all of them, one event at a time. Its
 * parameter says what it needs of each; an event that lacks it does not compile.
 *
 *     @HearsEach(HEARERS.notifications)
 *     async tell(@Payload() event: CloudEvent<Tellable>, @Ctx() { tx }: Delivery) { … }
 */
export function HearsEach<C extends Contract>(contracts: readonly C[]): HearingMethod<EventOf<C>, Delivery> {
  return hearing({ contracts, together: false });
}

/** What a declaration says of its handler; Nest hands it over as `handler.extras`. */
export interface Hearing {
  contracts: readonly Contract[];
  together: boolean;
  /** the read model that it keeps: a rebuild of that model calls it again with everything it heard */
  feeds?: string;
}

function hearing(declared: Hearing): MethodDecorator {
  const types = declared.contracts.map(({ type }) => type);
  return applyDecorators(
    EventPattern(types, KAFKA_INBOX, { ...declared }) as MethodDecorator,
    UseFilters(new Rethrow()),
  );
}

/** A method whose first parameter is another event than its contract's does not compile. */
type HearingMethod<Heard, With> = <M extends (heard: Heard, delivery: With) => unknown>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;
