import { Readable } from 'node:stream';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { actorLine, type Role } from './actor.js';
import { ALLOWED_ROLES, type AuthenticatedRequest, CREATES, PUBLIC_ROUTE } from './access.js';
import { currentContext } from '../context.js';
import { bodyDigest } from '../http/idempotency.js';
import { requestRefusals } from '../http/request-refusals.js';
import { Tokens } from './tokens.js';

/**
 * The global guard: token, role, idempotency key, for every route of every service. Route-scoped
 * middleware was bypassed four times in a year in the frameworks we looked at; a global guard with
 * opt-out by decorator cannot be forgotten.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true; // events carry the actor that the platform wrote itself
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, targets)) return true;
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw requestRefusals.refusal('request.no-token');
    const actor = await this.tokens.actorOf(token);
    const roles = this.reflector.getAllAndOverride<Role[]>(ALLOWED_ROLES, targets) ?? [];
    if (roles.length > 0 && !roles.some((role) => actor.roles.includes(role))) {
      throw requestRefusals.refusal('request.role-missing', { roles: roles.join(', ') });
    }
    request.actor = actor;
    const context = currentContext();
    if (context) context.actor = actor;
    this.#readIdempotencyKey(request, execution);
    return true;
  }

  #readIdempotencyKey(request: AuthenticatedRequest, execution: ExecutionContext): void {
    const key = request.headers['idempotency-key'];
    if (key === undefined) {
      if (this.reflector.get<boolean>(CREATES, execution.getHandler()))
        throw requestRefusals.refusal('request.idempotency-key-missing');
      return;
    }
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key))
      throw requestRefusals.refusal('request.idempotency-key-invalid');
    const context = currentContext();
    if (!context || request.method === 'GET') return;
    // By what was read, not by what the header is called: `Application/JSON` is JSON too. Of a file, which is still
    // to be read, the route makes its own digest.
    const body = request.body instanceof Readable ? undefined : request.body;
    context.idempotency = {
      key,
      // With kind and unit: an answer made for one unit is not shown to the same login acting for another.
      caller: actorLine(request.actor!),
      route: `${request.method} ${request.url}`,
      digest: bodyDigest(body),
    };
  }
}
