import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, IfMatch } from '#platform';
import { RequestRemoval } from '../commands/request-removal.js';
import { TakeStep } from '../commands/take-step.js';
import { rolesFor } from '../domain/lifecycle.js';
import { ReadCases } from '../queries/read-cases.js';
import { AcceptanceRequest, RemovalDecisionRequest, RepairRequest } from './cases.dto.js';

/** Early removal (提前移出, 信用修复): asked by the party, accepted by a handler, decided by an approver. */
@ApiTags('repairs')
@Controller('api/listings/:id/repairs')
export class RepairsController {
  constructor(
    private readonly database: Database,
    private readonly requestRemoval: RequestRemoval,
    private readonly steps: TakeStep,
    private readonly cases: ReadCases,
  ) {}

  @Post()
  @Allow(...rolesFor('repair-request'))
  @Creates()
  @ApiOperation({
    summary: 'Ask for early removal; too early is refused with the date from which it may be asked',
  })
  request(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: RepairRequest,
  ): Promise<object> {
    return this.database.command(async (tx) => {
      const changed = await this.requestRemoval.execute(tx, actor, id, version, body);
      const { removalRequest } = this.cases.view(actor, changed);
      // The version is the case's: it is what the next step must name.
      return { ...removalRequest, caseId: id, version: changed.version };
    });
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Requests for removal of a case, open and decided' })
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.cases.repairsOf(actor, id);
  }

  @Post(':repairId/acceptance')
  @HttpCode(200)
  @Allow(...rolesFor('repair-acceptance'))
  @ApiOperation({ summary: 'Accept the request, or name once what is missing' })
  acceptance(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: AcceptanceRequest,
  ): Promise<object> {
    return this.database.command(async (tx) => {
      const command = { type: 'repair-acceptance', requestId, ...body } as const;
      return this.cases.view(actor, await this.steps.execute(tx, actor, id, version, command));
    });
  }

  @Post(':repairId/decision')
  @HttpCode(200)
  @Allow(...rolesFor('repair-decision'))
  @ApiOperation({ summary: 'A person decides; granted: the listing ends and with it all that followed' })
  decision(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('repairId') requestId: string,
    @IfMatch() version: number,
    @Body() body: RemovalDecisionRequest,
  ): Promise<object> {
    return this.database.command(async (tx) => {
      const command = { type: 'repair-decision', requestId, ...body } as const;
      return this.cases.view(actor, await this.steps.execute(tx, actor, id, version, command));
    });
  }
}
