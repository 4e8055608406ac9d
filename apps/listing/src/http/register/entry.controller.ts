import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, CurrentActor, Database, IfMatch } from '#platform';
import { type PersonalStep, TakeStep } from '../../commands/take-step.js';
import { rolesFor } from '../../domain/case/lifecycle.js';
import { ReadCases } from '../../queries/read-cases.js';
import {
  BasisReviewRequest,
  CorrectionRequest,
  PlanRequest,
  StayEndRequest,
  StayRequest,
} from '../repairs/repairs.dto.js';
import { withoutNulls } from '../without-nulls.js';

/**
 * What may become of an entry later: a bankruptcy plan carried out or failed, a stay of execution, a correction, a
 * changed basis.
 */
@ApiTags('cases')
@Controller('api/listings/:id')
export class EntryController {
  constructor(
    private readonly database: Database,
    private readonly steps: TakeStep,
    private readonly cases: ReadCases,
  ) {}

  @Post('plan-failure')
  @HttpCode(200)
  @Allow(...rolesFor('plan-failure'))
  @ApiOperation({ summary: 'The bankruptcy plan failed: the entry and its restrictions stand again' })
  planFailure(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PlanRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'plan-failure', ...body });
  }

  @Post('plan-completion')
  @HttpCode(200)
  @Allow(...rolesFor('plan-completion'))
  @ApiOperation({ summary: 'The plan is carried out: the final repair' })
  planCompletion(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PlanRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'plan-completion', ...body });
  }

  @Post('stay')
  @HttpCode(200)
  @Allow(...rolesFor('stay'))
  @ApiOperation({
    summary: 'A review body or a court stopped the execution of the decision: the entry is lifted (停止执行)',
  })
  stay(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: StayRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'stay', ...body });
  }

  @Post('stay-end')
  @HttpCode(200)
  @Allow(...rolesFor('stay-end'))
  @ApiOperation({ summary: 'The stay is over and the decision stands: it is carried out again' })
  stayEnd(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: StayEndRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'stay-end', ...body });
  }

  @Post('correction')
  @HttpCode(200)
  @Allow(...rolesFor('correction'))
  @ApiOperation({
    summary: 'The finder corrects what the entry says; every copy follows and confirms (更正)',
  })
  correction(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { corrected, reasons }: CorrectionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, {
      type: 'correction',
      corrected: withoutNulls(corrected),
      reasons,
    });
  }

  @Post('basis-review')
  @HttpCode(200)
  @Allow(...rolesFor('basis-review'))
  @ApiOperation({ summary: 'A second person looks at a changed basis: the case stands on it, or falls' })
  basisReview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: BasisReviewRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'basis-review', ...body });
  }

  #take(actor: Actor, id: string, version: number, command: PersonalStep): Promise<object> {
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.steps.execute(tx, actor, id, version, command)),
    );
  }
}
