import { Controller, Get, Injectable, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from './access/access.js';

/** What a service must have to be of use. Each part adds its own check; it throws with the reason when it is not ready. */
@Injectable()
export class HealthRegistry {
  readonly #checks = new Map<string, () => Promise<void> | void>();
  #stopping = false;

  addReadiness(name: string, check: () => Promise<void> | void): void {
    this.#checks.set(name, check);
  }

  /** From now on not ready: the load balancer stops sending while open requests finish. */
  beginStop(): void {
    this.#stopping = true;
  }

  async readiness(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const checks: Record<string, string> = {};
    let ready = !this.#stopping;
    if (this.#stopping) checks['process'] = 'stopping';
    await Promise.all(
      [...this.#checks].map(async ([name, check]) => {
        try {
          await check();
          checks[name] = 'ok';
        } catch (error) {
          checks[name] = (error as Error).message;
          ready = false;
        }
      }),
    );
    return { ready, checks };
  }
}

@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, checks } = await this.registry.readiness();
    void reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not ready', checks };
  }
}
