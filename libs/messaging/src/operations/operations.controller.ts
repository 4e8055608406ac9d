import { Body, Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  ChoiceField,
  CurrentActor,
  type Page,
  PageQuery,
  pageRequest,
  TextField,
} from '#platform';
import { CAUSES, type Cause } from '../inbox/classify.js';
import type { LetterState } from '../inbox/dead-letters.js';
import type { RedriveResult } from '../inbox/redrive.js';
import { ID_PART, letterId } from './ids.js';
import type { ShownLetter } from './letters.js';
import { MessagingOperations } from './messaging-operations.js';
import type { MessagingStatus } from './read-model.js';

class DeadLetterQuery extends PageQuery {
  @ChoiceField({
    values: ['open', 'redriven', 'healed', 'discarded'],
    optional: true,
    description: 'open when absent',
  })
  state?: LetterState;

  @TextField({ max: 100, optional: true, description: 'topic, by its short name' })
  topic?: string;

  @TextField({ max: 200, optional: true, description: 'type of the event' })
  type?: string;

  @ChoiceField({ values: CAUSES, optional: true, description: 'why it was set aside' })
  cause?: Cause;

  @TextField({ max: 200, optional: true, description: 'id of the subject' })
  subject?: string;
}

class DiscardRequest {
  @TextField({
    min: 3,
    max: 500,
    description: 'why the event may be given up',
    example: '来源系统已重报, 见工单 118',
  })
  reason!: string;
}

/** `/api/operations/<service>/messaging`: a class for each service, because its path carries the name. */
export function operationsController(service: string): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging`)
  class MessagingOperationsController {
    constructor(private readonly operations: MessagingOperations) {}

    @Get()
    @ApiOperation({ summary: 'Outbox, consumer, what is set aside, redrives that have not ended' })
    status(): Promise<MessagingStatus> {
      return this.operations.status();
    }

    @Get('dead-letters')
    @ApiOperation({ summary: 'Events set aside, newest first' })
    deadLetters(@Query() query: DeadLetterQuery): Promise<Page<ShownLetter>> {
      const { state = 'open', topic, type, cause, subject } = query;
      return this.operations.deadLetters({ state, topic, type, cause, subject }, pageRequest(query, ID_PART));
    }

    @Post('dead-letters/:id/redrive')
    @HttpCode(200)
    @ApiOperation({ summary: 'Handle the event again, then release what waits behind it' })
    redrive(@Param('id', letterId) id: string, @CurrentActor() actor: Actor): Promise<RedriveResult> {
      return this.operations.redrive(id, actor);
    }

    @Post('dead-letters/:id/discard')
    @HttpCode(200)
    @ApiOperation({ summary: 'Give the event up with a reason, then release what waits behind it' })
    discard(
      @Param('id', letterId) id: string,
      @Body() body: DiscardRequest,
      @CurrentActor() actor: Actor,
    ): Promise<RedriveResult> {
      return this.operations.discard(id, body.reason, actor);
    }
  }
  return MessagingOperationsController;
}
