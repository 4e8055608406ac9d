import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, IfMatch, pageRequest } from '#platform';
import { HandleClues } from '../../commands/handle-clues.js';
import { clueRoles } from '../../domain/clue/lifecycle.js';
import type { ClueCommand } from '../../domain/clue/take-clue-step.js';
import { ReadClues } from '../../queries/read-clues.js';
import {
  ClueAcceptanceRequest,
  ClueAnswerRequest,
  ClueExtensionRequest,
  ClueForwardingRequest,
  ClueQuery,
  ClueRequest,
  CircularRequest,
  ClueFeedbackRequest,
  ClueInterviewRequest,
  CorrectionOrderRequest,
  UrgingLetterRequest,
} from './clues.dto.js';
import { withoutNulls } from '../without-nulls.js';

/** Clues (线索): what was told to a unit, before there is a case. */
@ApiTags('clues')
@Controller('api/clues')
export class CluesController {
  constructor(
    private readonly database: Database,
    private readonly handle: HandleClues,
    private readonly read: ReadClues,
  ) {}

  @Post()
  @Allow(...clueRoles('receipt'))
  @Creates()
  @ApiOperation({ summary: 'Register a clue; its kind tells which clocks run' })
  receive(@CurrentActor() actor: Actor, @Body() body: ClueRequest): Promise<object> {
    const told = withoutNulls(body);
    return this.database.command(async (tx) => this.read.view(await this.handle.receive(tx, actor, told)));
  }

  @Get()
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({ summary: 'Clues of the unit, newest first; what waits, what is due first first' })
  list(@CurrentActor() actor: Actor, @Query() query: ClueQuery): Promise<object> {
    const { status, kind, dueBy, open, overdue, forwarded } = query;
    const search = {
      ...{ status, kind, dueBy },
      ...{ open: open === 'true', overdue: overdue === 'true', forwarded: forwarded === 'true' },
    };
    return this.read.list(actor, search, pageRequest(query));
  }

  @Get('kinds')
  @Allow()
  @ApiOperation({ summary: 'Kinds of clues whose law gives them clocks, as it stands today' })
  kinds(): object {
    return this.read.kinds();
  }

  @Get(':id')
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({ summary: 'One clue, with the clocks that run' })
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.one(actor, id);
  }

  @Get(':id/actions')
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({
    summary: 'What the caller may do now with the clue, from its table, and why not otherwise',
  })
  actions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.actions(actor, id);
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @Allow(...clueRoles('acceptance'))
  @ApiOperation({ summary: 'Accept it, or drop it with the reason (受理)' })
  acceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueAcceptanceRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'acceptance', ...body });
  }

  @Post(':id/forwarding')
  @HttpCode(200)
  @Allow(...clueRoles('forwarding'))
  @ApiOperation({ summary: 'Hand it to the unit that handles it, whose clock runs from then (转交)' })
  forwarding(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueForwardingRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'forwarding', ...body });
  }

  @Post(':id/extension')
  @HttpCode(200)
  @Allow(...clueRoles('extension'))
  @ApiOperation({ summary: 'Put the result off, as far as the rule of its kind lets the head approve' })
  extension(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueExtensionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'extension', ...body });
  }

  @Post(':id/feedback')
  @HttpCode(200)
  @Allow(...clueRoles('feedback'))
  @ApiOperation({ summary: 'What who is complained of tells, or that it came not as prescribed (反馈)' })
  feedback(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueFeedbackRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'feedback', ...body });
  }

  @Post(':id/urging-letter')
  @HttpCode(200)
  @Allow(...clueRoles('urging-letter'))
  @ApiOperation({ summary: 'Urge who does not tell how things stand (督办书)' })
  urgingLetter(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: UrgingLetterRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'urging-letter', ...body });
  }

  @Post(':id/interview')
  @HttpCode(200)
  @Allow(...clueRoles('interview'))
  @ApiOperation({ summary: 'Interview who refuses in spite of the letter (约谈)' })
  interview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueInterviewRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'interview', ...body });
  }

  @Post(':id/circular')
  @HttpCode(200)
  @Allow(...clueRoles('circular'))
  @ApiOperation({ summary: 'Name who refuses in spite of the letter (通报)' })
  circular(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: CircularRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'circular', ...body });
  }

  @Post(':id/correction-order')
  @HttpCode(200)
  @Allow(...clueRoles('correction-order'))
  @ApiOperation({ summary: 'Order it to correct, with an interview or a circular (责令整改)' })
  correctionOrder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: CorrectionOrderRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'correction-order', ...body });
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Allow(...clueRoles('answer'))
  @ApiOperation({ summary: 'Verified by a document, or dropped with the reason' })
  answer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueAnswerRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'answer', ...withoutNulls(body) });
  }

  #take(actor: Actor, id: string, version: number, command: ClueCommand): Promise<object> {
    return this.database.command(async (tx) =>
      this.read.view(await this.handle.take(tx, actor, id, version, command)),
    );
  }
}
