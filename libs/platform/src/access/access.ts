import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from './actor.js';
import { requestRefusals } from '../http/request-refusals.js';

export const ALLOWED_ROLES = 'chengxin:allowed-roles';
export const PUBLIC_ROUTE = 'chengxin:public-route';
export const CREATES = 'chengxin:creates';

/** Who may call the route. Without roles: every valid token. A route with neither this nor `Public` stops the start. */
export const Allow = (...roles: Role[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ALLOWED_ROLES, roles);

/** Open to everyone, without a token. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** The route creates something: an Idempotency-Key is demanded. */
export const Creates = (): MethodDecorator => SetMetadata(CREATES, true);

export interface AuthenticatedRequest extends FastifyRequest {
  actor?: Actor;
}

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const actor = context.switchToHttp().getRequest<AuthenticatedRequest>().actor;
  if (!actor) throw requestRefusals.refusal('request.no-token');
  return actor;
});

/** The version that the caller read, from `If-Match: "<version>"` (RFC 9110 §13.1.1). */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) throw requestRefusals.refusal('request.if-match-missing');
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(header);
  if (!match) throw requestRefusals.refusal('request.if-match-invalid');
  return Number(match[1]);
});

/** Refuses a change on a version that is no longer the current one. */
export function checkVersion(current: number, given: number): void {
  if (current !== given) throw requestRefusals.refusal('request.if-match-stale', { current, given });
}

/** The one place where another department's data is refused; operators and auditors read across departments. */
export function ownedBy(actor: Actor, department: string): void {
  if (actor.department !== department)
    throw requestRefusals.refusal('request.other-department', { owner: department });
}
