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
import type { Delivery } from './delivery.js';

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
export function Hears<C extends Contract>(contract: C): HearingMethod<C> {
  return applyDecorators(
    EventPattern<string>(contract.type, KAFKA_INBOX, { contract }) as MethodDecorator,
    UseFilters(new Rethrow()),
  ) as HearingMethod<C>;
}

/** A method whose first parameter is another event than its contract's does not compile. */
type HearingMethod<C extends Contract> = <M extends (event: EventOf<C>, delivery: Delivery) => unknown>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;
