import { Body, Controller, Headers, HttpCode, Post, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, CurrentActor, TextField } from '#platform';
import { Fills } from './fills.js';
import type { Replay } from './replays.js';

class FillRequestBody {
  @TextField({ min: 1, max: 100, description: 'which read model', example: 'credit-file-listings' })
  model!: string;

  @TextField({ min: 3, max: 500, description: 'why', example: '主题已删除最早的消息' })
  reason!: string;
}

/** `/api/operations/<service>/messaging/fills`; how far one is stands in `…/replays`. */
export function fillsController(service: string): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging/fills`)
  class FillsController {
    constructor(private readonly fills: Fills) {}

    @Post()
    @HttpCode(202)
    @ApiOperation({
      summary: 'Empty a read model and fill it from snapshots of its topics, then from what has come since',
    })
    start(
      @Body() body: FillRequestBody,
      @CurrentActor() actor: Actor,
      @Headers('authorization') authorization: string,
    ): Promise<Replay> {
      return this.fills.start(body, actor, authorization);
    }
  }
  return FillsController;
}
