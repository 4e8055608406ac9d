import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Tx } from '#platform';
import type { Deadline } from './deadline-store.js';
import { HANDLED_KIND, HANDLED_TOGETHER } from './on-deadline.js';

export const DEADLINE_KINDS = Symbol('DEADLINE_KINDS');

export interface DeadlineHandler {
  /** Whether it takes many of its kind at once. */
  together: boolean;
  handle(deadlines: readonly Deadline[], tx: Tx): Promise<void>;
}

const KIND = /^[a-z][a-z-]*(\.[a-z][a-z0-9-]*)+$/;

/**
 * The handlers of this process, found among its providers and held against the declared kinds. A clock without
 * handler would run down unseen, so every difference stops the start.
 */
@Injectable()
export class DeadlineHandlers implements OnModuleInit {
  readonly #handlers = new Map<string, DeadlineHandler & { where: string }>();

  constructor(
    @Inject(DEADLINE_KINDS) readonly kinds: readonly string[],
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every fault of the wiring */
  onModuleInit(): void {
    const faults = [...this.#declarationFaults(), ...this.#discover()];
    for (const kind of this.kinds) {
      if (!this.#handlers.has(kind))
        faults.push(`${kind} is declared but no provider has @OnDeadline('${kind}')`);
    }
    if (faults.length > 0)
      throw new Error(`deadlines are wired wrongly:\n${faults.map((f) => `  ${f}`).join('\n')}`);
  }

  handlerOf(kind: string): DeadlineHandler {
    const handler = this.#handlers.get(kind);
    if (!handler) throw new Error(`no handler for ${kind}`);
    return handler;
  }

  #declarationFaults(): string[] {
    const faults = this.kinds
      .filter((kind) => !KIND.test(kind))
      .map((kind) => `${kind} is not <service>.<what falls due>`);
    const twice = this.kinds.filter((kind, index) => this.kinds.indexOf(kind) !== index);
    return [...faults, ...twice.map((kind) => `${kind} is declared twice`)];
  }

  #discover(): string[] {
    const faults: string[] = [];
    for (const { instance, name } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const method of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object | null)) {
        const member = (instance as Record<string, unknown>)[method];
        if (typeof member !== 'function') continue;
        const kind = this.reflector.get<string | undefined>(HANDLED_KIND, member as () => void);
        if (kind === undefined) continue;
        const where = `${String(name)}.${method}`;
        const other = this.#handlers.get(kind);
        if (other) faults.push(`${kind} has two handlers, ${other.where} and ${where}`);
        if (!this.kinds.includes(kind)) faults.push(`${where} handles ${kind}, which is not declared`);
        const together =
          this.reflector.get<boolean | undefined>(HANDLED_TOGETHER, member as () => void) === true;
        const call = member.bind(instance) as (given: unknown, tx: Tx) => Promise<void>;
        const handle = (deadlines: readonly Deadline[], tx: Tx): Promise<void> =>
          call(together ? deadlines : deadlines[0], tx);
        this.#handlers.set(kind, { where, together, handle });
      }
    }
    return faults;
  }
}
