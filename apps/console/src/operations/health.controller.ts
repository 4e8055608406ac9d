import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, SETTINGS } from '#platform';
import { SERVICES } from '../proxy/prefixes.js';
import { type ConsoleSettings, serviceUrls } from '../settings.js';

const ASK_LIMIT_MS = 3_000;

interface ServiceHealth {
  ready: boolean;
  /** how long it took to say so */
  ms: number;
  checks: Record<string, string>;
}

@ApiTags('operations')
@Controller('api/operations/health')
export class HealthOfAllController {
  constructor(@Inject(SETTINGS) private readonly settings: ConsoleSettings) {}

  /** Every service's own readiness, asked now. */
  @Get()
  @Allow('operator')
  async read(): Promise<{ status: 'ready' | 'degraded'; services: Record<string, ServiceHealth> }> {
    const urls = serviceUrls(this.settings);
    const services = Object.fromEntries(
      await Promise.all(SERVICES.map(async (name) => [name, await healthOf(urls[name])] as const)),
    );
    const ready = Object.values(services).every((service) => service.ready);
    return { status: ready ? 'ready' : 'degraded', services };
  }
}

async function healthOf(url: string): Promise<ServiceHealth> {
  const asked = performance.now();
  const ms = (): number => Math.round(performance.now() - asked);
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
    const { checks } = (await answer.json()) as { checks?: Record<string, string> };
    return { ready: answer.ok, ms: ms(), checks: checks ?? {} };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { ready: false, ms: ms(), checks: { connection: cause?.code ?? message } };
  }
}
