import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  type Type,
} from '@nestjs/common';
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
import type { LetterState } from '../inbox/dead-letters.js';
import { type RedriveResult, redriveRefusals } from '../inbox/redrive.js';
import { MessagingOperations, type MessagingStatus, type ShownLetter } from './messaging-operations.js';

class DeadLetterQuery extends PageQuery {
  @ChoiceField({
    values: ['open', 'redriven', 'healed', 'discarded'],
    optional: true,
    description: 'open when absent',
  })
  state?: LetterState;
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

const LETTER_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A malformed id names no letter; pipes of Nest would answer in another form than ours. */
const letterId = new ParseUUIDPipe({
  exceptionFactory: () => redriveRefusals.refusal('messaging.no-such-dead-letter', { id: '?' }),
});

/** `/api/operations/<service>/messaging`: a class for each service, because its path carries the name. */
export function operationsController(service: string): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging`)
  class MessagingOperationsController {
    constructor(private readonly operations: MessagingOperations) {}

    @Get()
    @ApiOperation({ summary: 'Outbox, consumer and what is set aside' })
    status(): Promise<MessagingStatus> {
      return this.operations.status();
    }

    @Get('dead-letters')
    @ApiOperation({ summary: 'Events set aside, newest first' })
    deadLetters(@Query() query: DeadLetterQuery): Promise<Page<ShownLetter>> {
      return this.operations.deadLetters(query.state ?? 'open', pageRequest(query, LETTER_ID));
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
