import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, IfMatch, Purpose } from '#platform';
import { RequestRepair } from '../../commands/request-repair.js';
import { type PersonalStep, TakeStep } from '../../commands/take-step.js';
import { rolesFor } from '../../domain/case/lifecycle.js';
import { Looks } from '../../queries/looks.js';
import { ReadCases } from '../../queries/read-cases.js';
import { ReadRepairs } from '../../queries/read-repairs.js';
import { PurposeHeader } from '../cases/reading.dto.js';
import {
  AcceptanceRequest,
  EligibilityQuery,
  FalseApplicationRequest,
  HandedInBody,
  ReasonsRequest,
  RepairDecisionRequest,
  RepairRequestBody,
  VerificationRequest,
} from './repairs.dto.js';
import { withoutNulls } from '../without-nulls.js';

/**
 * Early removal and credit repair (提前移出, 信用修复) in one place: asked by the party, accepted and verified by a
 * handler, decided by an approver.
 */
@ApiTags('repairs')
@Controller('api/listings/:id/repairs')
export class RepairsController {
  constructor(
    private readonly database: Database,
    private readonly requestRepair: RequestRepair,
    private readonly steps: TakeStep,
    private readonly cases: ReadCases,
    private readonly repairs: ReadRepairs,
    private readonly looks: Looks,
  ) {}

  @Post()
  @Allow(...rolesFor('repair-request'))
  @Creates()
  @ApiOperation({
    summary: 'Ask for repair; too early is refused with the date from which it may be asked',
  })
  request(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: RepairRequestBody,
  ): Promise<object> {
    const {
      aim = 'removal',
      way = 'regular',
      ground = null,
      askedBy = null,
      rulingNo = '',
      ...asked
    } = withoutNulls(body);
    const application = { aim, way, ground, askedBy, rulingNo, ...asked } as const;
    return this.database.command(async (tx) => {
      const changed = await this.requestRepair.execute(tx, actor, id, version, application);
      const { removalRequest } = this.cases.view(actor, changed);
      // The version is the case's: it is what the next step must name.
      return { ...removalRequest, caseId: id, version: changed.fileVersion };
    });
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Requests for repair of a case, open and decided' })
  @PurposeHeader
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, id, 'repairs', purpose);
    return this.cases.repairsOf(actor, id);
  }

  @Get('eligibility')
  @Allow()
  @ApiOperation({ summary: 'From when repair may be asked, in which ways, and what stands against it' })
  eligibility(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { correctedOn }: EligibilityQuery,
  ): Promise<object> {
    return this.repairs.eligibility(actor, id, correctedOn ?? null);
  }

  @Post(':repairId/supplement')
  @HttpCode(200)
  @Allow(...rolesFor('repair-supplement'))
  @ApiOperation({ summary: 'Hand in what is missing, for oneself or what came on paper (补正)' })
  supplement(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() expectedVersion: number,
    @Body() handedIn: HandedInBody,
  ): Promise<object> {
    const of = { expectedVersion, requestId, handedIn };
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.requestRepair.supplement(tx, actor, id, of)),
    );
  }

  @Post(':repairId/acceptance')
  @HttpCode(200)
  @Allow(...rolesFor('repair-acceptance'))
  @ApiOperation({ summary: 'Accept the request, or name once what is missing (受理)' })
  acceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: AcceptanceRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'repair-acceptance', requestId, ...body });
  }

  @Post(':repairId/verification')
  @HttpCode(200)
  @Allow(...rolesFor('repair-verification'))
  @ApiOperation({
    summary: 'Find every condition of the way met or not, and every bar to hold or not (核实)',
  })
  verification(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: VerificationRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, {
      type: 'repair-verification',
      requestId,
      ...body,
      bars: body.bars ?? [],
    });
  }

  @Post(':repairId/extension')
  @HttpCode(200)
  @Allow(...rolesFor('repair-extension'))
  @ApiOperation({ summary: 'More time for a complex case, once, as the rule says (延长)' })
  extension(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: ReasonsRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'repair-extension', requestId, ...body });
  }

  @Post(':repairId/withdrawal')
  @HttpCode(200)
  @Allow(...rolesFor('repair-withdrawal'))
  @ApiOperation({ summary: 'The party takes its request back (撤回)' })
  withdrawal(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'repair-withdrawal', requestId });
  }

  @Post(':repairId/decision')
  @HttpCode(200)
  @Allow(...rolesFor('repair-decision'))
  @ApiOperation({
    summary: 'A person decides; granted, what was asked for follows with all that hangs on it',
  })
  decision(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: RepairDecisionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'repair-decision', requestId, ...body });
  }

  @Post(':repairId/false-application')
  @HttpCode(200)
  @Allow(...rolesFor('false-application'))
  @ApiOperation({
    summary: 'A granted repair rested on false material or a broken commitment; what follows is by list',
  })
  falseApplication(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: FalseApplicationRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'false-application', requestId, ...body });
  }

  #take(actor: Actor, id: string, version: number, command: PersonalStep): Promise<object> {
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.steps.execute(tx, actor, id, version, command)),
    );
  }
}
