import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, IfMatch, pageRequest, Purpose } from '#platform';
import { HandleRecordRepairs } from '../../commands/handle-record-repairs.js';
import type { RecordRepairCommand } from '../../domain/record-repair/decide.js';
import { recordRepairRoles } from '../../domain/record-repair/lifecycle.js';
import { Looks } from '../../queries/looks.js';
import { ReadRecordRepairs } from '../../queries/read-record-repairs.js';
import { PurposeHeader } from '../cases/reading.dto.js';
import {
  RecordEligibilityQuery,
  RecordMaskingBody,
  RecordRepairBody,
  RecordRepairQuery,
  RecordVerificationBody,
} from './record-repairs.dto.js';
import {
  AcceptanceRequest,
  FalseApplicationRequest,
  HandedInBody,
  PlanRequest,
  ReasonsRequest,
  RemovalDecisionRequest,
} from './repairs.dto.js';
import { withoutNulls } from '../without-nulls.js';

/**
 * Credit repair (信用修复) of a record that 信用中国 publishes by itself, such as a penalty without a listing: asked by
 * the party, decided by the unit that made the record. Of a record that carries an entry it is asked at the entry.
 */
@ApiTags('record repairs')
@Controller('api/repairs')
export class RecordRepairsController {
  constructor(
    private readonly database: Database,
    private readonly repairs: HandleRecordRepairs,
    private readonly read: ReadRecordRepairs,
    private readonly looks: Looks,
  ) {}

  @Post()
  @Allow(...recordRepairRoles('request'))
  @Creates()
  @ApiOperation({
    summary: 'Ask for the repair of a record; too early is refused with the date from which it may be asked',
  })
  request(@CurrentActor() actor: Actor, @Body() body: RecordRepairBody): Promise<object> {
    const { recordId, ...application } = body;
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.repairs.request(tx, actor, recordId, application)),
    );
  }

  @Post('masking')
  @Allow(...recordRepairRoles('request'))
  @Creates()
  @ApiOperation({
    summary:
      'Ask that a record be shown to nobody while a bankruptcy plan is carried out, or its execution is stopped (order 36 art. 19, 20)',
  })
  masking(@CurrentActor() actor: Actor, @Body() body: RecordMaskingBody): Promise<object> {
    const { recordId, ...application } = body;
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.repairs.requestMasking(tx, actor, recordId, application)),
    );
  }

  @Get()
  @Allow('handler', 'reviewer', 'approver', 'party')
  @ApiOperation({
    summary:
      'Requests to the own unit, or of the own subject, newest first; what waits, what is due first first',
  })
  list(@CurrentActor() actor: Actor, @Query() query: RecordRepairQuery): Promise<object> {
    const { open, dueBy } = query;
    const page = pageRequest(query);
    const waits = open === 'true' || dueBy !== undefined;
    return waits ? this.read.waiting(actor, { dueBy, page }) : this.read.list(actor, page);
  }

  @Get('eligibility')
  @Allow()
  @ApiOperation({ summary: 'From when the repair of a record may be asked, and what stands against it' })
  @PurposeHeader
  async eligibility(
    @CurrentActor() actor: Actor,
    @Query() { recordId }: RecordEligibilityQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.atRecord(actor, recordId, 'repair eligibility', purpose);
    return this.read.eligibility(actor, recordId);
  }

  @Get(':id')
  @Allow()
  one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.one(actor, id);
  }

  @Get(':id/history')
  @Allow()
  history(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.historyOf(actor, id);
  }

  @Get(':id/actions')
  @Allow()
  @ApiOperation({ summary: 'What the caller may do now, from the table, and why not where it must wait' })
  actions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.read.actions(actor, id);
  }

  @Post(':id/supplement')
  @HttpCode(200)
  @Allow(...recordRepairRoles('supplement'))
  @ApiOperation({ summary: 'Hand in what is missing, for oneself or what came on paper (补正)' })
  supplement(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() handedIn: HandedInBody,
  ): Promise<object> {
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.repairs.supplement(tx, actor, id, version, handedIn)),
    );
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @Allow(...recordRepairRoles('acceptance'))
  @ApiOperation({ summary: 'Accept the request, or name once what is missing (受理)' })
  acceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: AcceptanceRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'acceptance', ...body });
  }

  @Post(':id/verification')
  @HttpCode(200)
  @Allow(...recordRepairRoles('verification'))
  @ApiOperation({ summary: 'Find every condition met or not; nothing is granted without (核实)' })
  verification(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: RecordVerificationBody,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'verification', ...body });
  }

  @Post(':id/extension')
  @HttpCode(200)
  @Allow(...recordRepairRoles('extension'))
  @ApiOperation({ summary: 'More time for a complex case, once, as the rule says (延长)' })
  extension(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ReasonsRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'extension', ...body });
  }

  @Post(':id/decision')
  @HttpCode(200)
  @Allow(...recordRepairRoles('decision'))
  @ApiOperation({
    summary: 'Another person decides; granted, the publication of the record ends, or the record is masked',
  })
  decision(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: RemovalDecisionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'decision', ...body });
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow(...recordRepairRoles('withdrawal'))
  @ApiOperation({ summary: 'The party takes its request back (撤回)' })
  withdrawal(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'withdrawal' });
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @Allow(...recordRepairRoles('resumption'))
  @ApiOperation({ summary: 'The plan failed, or the stay is over: the record is shown again as before' })
  resumption(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PlanRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'resumption', ...body });
  }

  @Post(':id/completion')
  @HttpCode(200)
  @Allow(...recordRepairRoles('completion'))
  @ApiOperation({ summary: 'The court found the plan carried out: the record is repaired for good' })
  completion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PlanRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'completion', ...body });
  }

  @Post(':id/false-application')
  @HttpCode(200)
  @Allow(...recordRepairRoles('false-application'))
  @ApiOperation({
    summary: 'A granted repair rested on false material or an unkept commitment (order 36 art. 25)',
  })
  falseApplication(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: FalseApplicationRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'false-application', ...body });
  }

  #take(actor: Actor, id: string, version: number, command: RecordRepairCommand): Promise<object> {
    return this.database.command(async (tx) =>
      this.read.view(actor, await this.repairs.take(tx, actor, id, version, withoutNulls(command))),
    );
  }
}
