import { Controller, Get, Headers, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, SETTINGS } from '#platform';
import { type ServiceName } from '../proxy/prefixes.js';
import { type ConsoleSettings, serviceUrls } from '../settings.js';

/** Services that tell or hear events; identity does neither. */
const WITH_EVENTS = [
  'records',
  'listing',
  'measures',
  'grading',
  'notifications',
] as const satisfies ServiceName[];
const ASK_LIMIT_MS = 8_000;

/** What a service says of its messaging; the shape is its own, `GET /api/operations/<service>/messaging`. */
type Status = Record<string, unknown>;

interface Gathered {
  services: Record<string, Status>;
  /** services that did not answer, and why */
  missing: Record<string, string>;
}

@ApiTags('operations')
@Controller('api/operations/messaging')
export class MessagingOfAllController {
  constructor(@Inject(SETTINGS) private readonly settings: ConsoleSettings) {}

  /** Asked now, with the caller's own token: each service decides for itself whom it tells. */
  @Get()
  @Allow('operator')
  @ApiOperation({
    summary:
      'Outbox, consumer, dead letters and unfinished redrives of every service; letters and redrives \
themselves are under /api/operations/{service}/messaging',
  })
  async read(@Headers('authorization') authorization: string): Promise<Gathered> {
    const urls = serviceUrls(this.settings);
    const gathered: Gathered = { services: {}, missing: {} };
    await Promise.all(
      WITH_EVENTS.map(async (name) => {
        try {
          gathered.services[name] = await statusOf(name, urls[name], authorization);
        } catch (error) {
          const { cause, message } = error as Error & { cause?: { code?: string } };
          gathered.missing[name] = cause?.code ?? message;
        }
      }),
    );
    return gathered;
  }
}

async function statusOf(name: ServiceName, url: string, authorization: string): Promise<Status> {
  const answer = await fetch(`${url}/api/operations/${name}/messaging`, {
    headers: { authorization },
    signal: AbortSignal.timeout(ASK_LIMIT_MS),
  });
  const body = (await answer.json()) as Status & { code?: string };
  if (!answer.ok) throw new Error(body.code ?? `answered ${answer.status}`);
  return body;
}
