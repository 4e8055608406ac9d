import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  Creates,
  CurrentActor,
  Database,
  IfMatch,
  newId,
  pageRequest,
  Purpose,
} from '#platform';
import { HandleObjections } from '../../commands/handle-objections.js';
import { HandleRecordObjections } from '../../commands/handle-record-objections.js';
import type { ObjectionCommand } from '../../domain/objection/decide.js';
import { Looks } from '../../queries/looks.js';
import { ReadObjections } from '../../queries/read-objections.js';
import {
  HelpAnswerBody,
  HelpRequestBody,
  ObjectionBody,
  ObjectionDecisionBody,
  ObjectionExtensionBody,
  PauseBody,
  MaterialReceiptBody,
  MaterialRequestBody,
  NonAcceptanceBody,
  RecordObjectionBody,
  RecordObjectionQuery,
  TerminationBody,
} from './objections.dto.js';
import { PurposeHeader } from '../cases/reading.dto.js';
import { DeliveryRequest } from '../cases/steps.dto.js';
import { withoutNulls } from '../without-nulls.js';

/** Objections (异议): marked at once, helped by other units, decided by another person, spread to every copy. */
@ApiTags('objections')
@Controller('api')
export class ObjectionsController {
  constructor(
    private readonly database: Database,
    private readonly objections: HandleObjections,
    private readonly read: ReadObjections,
    private readonly looks: Looks,
    private readonly ofRecords: HandleRecordObjections,
  ) {}

  @Post('listings/:id/objections')
  @Allow('party', 'handler')
  @Creates()
  @ApiOperation({ summary: 'Object to a listing, its content, its period or the answer to a repair' })
  file(
    @CurrentActor() actor: Actor,
    @Param('id') caseId: string,
    @Body() body: ObjectionBody,
  ): Promise<object> {
    const {
      asked = {},
      repairId = null,
      channel = 'department',
      authorisation = null,
      ...filing
    } = withoutNulls(body);
    return this.database.command(async (tx) =>
      this.read.view(
        actor,
        await this.objections.file(tx, actor, caseId, { ...filing, asked, repairId, channel, authorisation }),
      ),
    );
  }

  @Get('listings/:id/objections')
  @Allow()
  @ApiOperation({ summary: 'Objections to an entry, open and decided' })
  @PurposeHeader
  async ofCase(
    @CurrentActor() actor: Actor,
    @Param('id') caseId: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, caseId, 'objections', purpose);
    return this.read.ofCase(actor, caseId);
  }

  @Post('objections')
  @Allow('party', 'handler')
  @Creates()
  @ApiOperation({
    summary: 'Object to a record that is published by itself, its period or the answer to its repair',
  })
  fileOnRecord(@CurrentActor() actor: Actor, @Body() body: RecordObjectionBody): Promise<object> {
    const {
      recordId,
      asked = {},
      repairId = null,
      channel = 'department',
      authorisation = null,
      ...filing
    } = withoutNulls(body);
    const objection = { ...filing, asked, repairId, channel, authorisation };
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.ofRecords.file(tx, actor, recordId, objection)),
    );
  }

  @Get('objections')
  @Allow()
  @ApiOperation({
    summary: 'Objections to a record, open and decided; without one, what waits at the own unit',
  })
  @PurposeHeader
  async ofRecord(
    @CurrentActor() actor: Actor,
    @Query() { recordId, dueBy, ...page }: RecordObjectionQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    if (recordId === undefined) return this.read.open(actor, { dueBy, page: pageRequest(page) });
    await this.looks.atRecord(actor, recordId, 'objections', purpose);
    return this.read.ofRecord(actor, recordId);
  }

  @Get('objections/:id')
  @Allow()
  @PurposeHeader
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.atObjection(actor, id, 'objection', purpose);
    return this.read.one(actor, id);
  }

  @Get('objections/:id/history')
  @Allow()
  @PurposeHeader
  async history(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.atObjection(actor, id, 'objection history', purpose);
    return this.read.historyOf(actor, id);
  }

  @Get('objections/:id/actions')
  @Allow()
  actions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.actions(actor, id);
  }

  @Post('objections/:id/acceptance')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'Accept what 信用中国 pushed; the decision clock runs from here (受理)' })
  acceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'acceptance' });
  }

  @Post('objections/:id/non-acceptance')
  @HttpCode(200)
  @Allow('reviewer', 'approver')
  @ApiOperation({
    summary: 'Not accepted, with reasons in writing, where the rule of the list knows that (不予受理)',
  })
  nonAcceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { reasons }: NonAcceptanceBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'non-acceptance', reasons });
  }

  @Post('objections/:id/help-request')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'Ask another unit; it answers within two working days (协助核查)' })
  helpRequest(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: HelpRequestBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'help-request', helpId: newId(), ...body });
  }

  @Post('objections/:id/help-answer/:helpId')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'The unit that was asked answers' })
  helpAnswer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('helpId') helpId: string,
    @IfMatch() version: number,
    @Body() body: HelpAnswerBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'help-answer', helpId, ...body });
  }

  @Post('objections/:id/pause')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'A test or expert review begins; its days are not counted' })
  pause(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PauseBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'pause', ...body });
  }

  @Post('objections/:id/resumption')
  @HttpCode(200)
  @Allow('handler')
  resumption(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'resumption' });
  }

  @Post('objections/:id/material-request')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'Name, once, the material that is needed, where the rule of the list knows that' })
  materialRequest(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { text }: MaterialRequestBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'material-request', text });
  }

  @Post('objections/:id/material-receipt')
  @HttpCode(200)
  @Allow('party', 'handler')
  @ApiOperation({ summary: 'The material came in: the time for the decision runs from that day' })
  materialReceipt(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: MaterialReceiptBody,
  ): Promise<object> {
    const { materials, receivedOn = null } = withoutNulls(body);
    return this.#take(actor, id, version, { type: 'material-receipt', materials, receivedOn });
  }

  @Post('objections/:id/extension')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({ summary: 'Longer, told to the party beforehand (order 36 art. 18)' })
  extension(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ObjectionExtensionBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'extension', ...body });
  }

  @Post('objections/:id/decision')
  @HttpCode(200)
  @Allow('reviewer', 'approver')
  @ApiOperation({
    summary: 'Another person than those who listed decides; upheld, the entry follows at once',
  })
  decision(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ObjectionDecisionBody,
  ): Promise<object> {
    const { corrected = {}, ...decision } = withoutNulls(body);
    return this.#take(actor, id, version, { type: 'decision', ...decision, corrected });
  }

  @Post('objections/:id/service')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({
    summary:
      'The decision reached the party; the court above may be asked to review a rejection from that day (送达)',
  })
  service(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: DeliveryRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'service', ...withoutNulls(body) });
  }

  @Post('objections/:id/withdrawal')
  @HttpCode(200)
  @Allow('party', 'handler')
  withdrawal(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'withdrawal' });
  }

  @Post('objections/:id/termination')
  @HttpCode(200)
  @Allow('handler')
  @ApiOperation({
    summary: 'Deemed withdrawn, since administrative review or a suit was begun, where its list says so',
  })
  termination(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { begun, begunOn }: TerminationBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'termination', begun, begunOn });
  }

  #take(actor: Actor, id: string, version: number, command: ObjectionCommand): Promise<object> {
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.objections.take(tx, actor, id, version, command)),
    );
  }
}
