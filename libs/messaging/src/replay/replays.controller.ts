import { Body, Controller, Get, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Topic } from '#contracts';
import { type Actor, Allow, ChoiceField, CurrentActor, ListField, TextField } from '#platform';
import { replayRefusals } from './replay-refusals.js';
import { type Replay, Replays } from './replays.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/;

class ReplayRequestBody {
  @ChoiceField({
    values: ['again', 'rebuild'],
    description:
      'again: read topics once more, what was settled is dropped. rebuild: empty read models and fill them from the start of their topics',
  })
  mode!: 'again' | 'rebuild';

  @ListField('text', {
    max: 20,
    optional: true,
    description: 'again: which topics; all that the service consumes when absent',
  })
  topics?: string[];

  @ListField('text', {
    max: 20,
    optional: true,
    description: 'rebuild: which read models; all of the service when absent',
  })
  models?: string[];

  @TextField({
    max: 35,
    pattern: INSTANT,
    optional: true,
    description: 'again: from which instant, RFC 3339; from the start when absent',
  })
  since?: string;

  @TextField({ min: 3, max: 500, description: 'why', example: '数据库已恢复至昨日备份' })
  reason!: string;
}

/** `/api/operations/<service>/messaging/replays`. */
export function replaysController(
  service: string,
  consumes: readonly Topic[],
  models: readonly string[],
): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging/replays`)
  class ReplaysController {
    constructor(private readonly replays: Replays) {}

    @Get()
    @ApiOperation({ summary: 'What was read again, by whom and why, and how far it is' })
    async list(): Promise<{ items: Replay[] }> {
      return { items: await this.replays.list() };
    }

    @Post()
    @HttpCode(202)
    @ApiOperation({ summary: 'Have this service read its topics again' })
    start(@Body() body: ReplayRequestBody, @CurrentActor() actor: Actor): Promise<Replay> {
      const { mode, reason } = body;
      return this.replays.start(
        mode === 'rebuild'
          ? { mode, models: body.models ?? models, reason }
          : {
              mode,
              topics: (body.topics as Topic[] | undefined) ?? consumes,
              since: body.since === undefined ? null : instant(body.since),
              reason,
            },
        actor,
      );
    }
  }
  return ReplaysController;
}

function instant(text: string): Date {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? replayRefusals.refuse('messaging.no-such-instant', { text }) : at;
}
