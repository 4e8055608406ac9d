import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor, Database, IfMatch, pageRequest } from '#platform';
import type { Actor, Page } from '#platform';
import type { DisciplineRule } from '#seeds';
import { AnswerAction } from '../commands/answer-action.js';
import { ConfirmLift } from '../commands/confirm-lift.js';
import { DisciplineLaw } from '../commands/discipline-law.js';
import type { DatedReason } from '../domain/law-of-answers.js';
import type { ActionView } from '../queries/action-view.js';
import { viewOf } from '../queries/action-view.js';
import type { HistoryEntry } from '../queries/find-actions.js';
import { FindActions } from '../queries/find-actions.js';
import type { CatalogueView } from '../queries/read-rules.js';
import { ReadRules } from '../queries/read-rules.js';
import { ActionId } from './action-id.pipe.js';
import { ActionsQuery, AnswerRequest, CatalogueQuery, LiftRequest, RulesQuery, UUID } from './requests.js';

@ApiTags('discipline')
@Controller('api/discipline')
export class DisciplineController {
  constructor(
    private readonly database: Database,
    private readonly law: DisciplineLaw,
    private readonly rules: ReadRules,
    private readonly found: FindActions,
    private readonly answers: AnswerAction,
    private readonly lifts: ConfirmLift,
  ) {}

  /** The closed catalogue: national list by edition, provincial supplement, constraints. */
  @Get('catalogue')
  @Allow()
  catalogue(@Query() query: CatalogueQuery): Promise<Page<CatalogueView>> {
    return this.rules.catalogue(query, pageRequest(query));
  }

  /** Which listing makes whom do what, and on which article. */
  @Get('rules')
  @Allow()
  listRules(@Query() query: RulesQuery): Promise<Page<DisciplineRule>> {
    return this.rules.rules(query, pageRequest(query));
  }

  /** The reasons with which a department may answer "not applied", as valid today. */
  @Get('reasons')
  @Allow()
  reasons(): { items: DatedReason[] } {
    return { items: this.law.reasons() };
  }

  @Get('actions')
  @Allow()
  list(@CurrentActor() actor: Actor, @Query() query: ActionsQuery): Promise<Page<ActionView>> {
    const { overdue, ...filter } = query;
    return this.found.list(
      actor,
      { ...filter, ...(overdue === undefined ? {} : { overdue: overdue === 'true' }) },
      pageRequest(query, UUID),
    );
  }

  @Get('actions/:id')
  @Allow()
  one(@CurrentActor() actor: Actor, @Param('id', ActionId) id: string): Promise<ActionView> {
    return this.found.one(actor, id);
  }

  @Get('actions/:id/history')
  @Allow()
  async history(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
  ): Promise<{ items: HistoryEntry[] }> {
    return { items: await this.found.history(actor, id) };
  }

  /** The executing department says what it did: applied, or not applied and why. */
  @Post('actions/:id/answer')
  @HttpCode(200)
  @Allow('discipline-officer')
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: AnswerRequest,
  ): Promise<ActionView> {
    return this.database.command(async (tx) =>
      viewOf(await this.answers.run(tx, actor, id, version, body), actor),
    );
  }

  /** The executing department confirms that the measure is lifted. */
  @Post('actions/:id/lift')
  @HttpCode(200)
  @Allow('discipline-officer')
  lift(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: LiftRequest,
  ): Promise<ActionView> {
    return this.database.command(async (tx) =>
      viewOf(await this.lifts.run(tx, actor, id, version, body), actor),
    );
  }
}
