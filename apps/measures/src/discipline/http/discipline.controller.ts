import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor, Database, IfMatch, pageRequest } from '#platform';
import type { Actor, Page } from '#platform';
import type { DisciplineRule } from '#seeds';
import { lateFilterOf } from '../../units/late-query.js';
import { ConfirmationRequest, ReceiptsRequest } from '../../units/answer-requests.js';
import type { Outcome } from '../../units/each-for-itself.js';
import { ActOnAction, type OfficerCommand } from '../commands/act-on-action.js';
import { ActOnMany } from '../commands/act-on-many.js';
import { DisciplineLaw } from '../commands/discipline-law.js';
import type { Officer } from '../domain/action.js';
import type { DatedReason } from '../domain/law-of-answers.js';
import type { ActionView } from '../queries/action-view.js';
import { viewOf } from '../queries/action-view.js';
import type { HistoryEntry } from '../queries/find-actions.js';
import { FindActions } from '../queries/find-actions.js';
import type { CatalogueView } from '../queries/read-rules.js';
import { ReadRules } from '../queries/read-rules.js';
import { Officers } from '../store/officers.js';
import { ActionId } from './action-id.pipe.js';
import {
  ActionsQuery,
  AnswerRequest,
  AnswersRequest,
  AssignmentRequest,
  CatalogueQuery,
  CheckRequest,
  CorrectionRequest,
  LiftsRequest,
  OwnGroundEndRequest,
  RulesQuery,
  UUID,
} from './requests.js';

@ApiTags('discipline')
@Controller('api/discipline')
export class DisciplineController {
  constructor(
    private readonly database: Database,
    private readonly law: DisciplineLaw,
    private readonly rules: ReadRules,
    private readonly found: FindActions,
    private readonly acts: ActOnAction,
    private readonly many: ActOnMany,
    private readonly officers: Officers,
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
  async list(@CurrentActor() actor: Actor, @Query() query: ActionsQuery): Promise<Page<ActionView>> {
    await this.officers.seen(actor);
    const { overdue, escalated, ...filter } = query;
    const late = lateFilterOf({ overdue, escalated });
    return this.found.list(actor, { ...filter, ...late }, pageRequest(query, UUID));
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

  /** Many answers at once; each stands or is refused for itself. */
  @Post('actions/answers')
  @HttpCode(200)
  @Allow('discipline-officer')
  async answerMany(
    @CurrentActor() actor: Actor,
    @Body() body: AnswersRequest,
  ): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.answers, (said) => ({ type: 'answer', ...said })) };
  }

  /** Many actions taken in hand at once; each stands or is refused for itself. */
  @Post('actions/receipts')
  @HttpCode(200)
  @Allow('discipline-officer')
  async receiveMany(
    @CurrentActor() actor: Actor,
    @Body() body: ReceiptsRequest,
  ): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.receipts, () => ({ type: 'receive' })) };
  }

  /** Many lifts confirmed at once; each stands or is refused for itself. */
  @Post('actions/lifts')
  @HttpCode(200)
  @Allow('discipline-officer')
  async liftMany(@CurrentActor() actor: Actor, @Body() body: LiftsRequest): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.lifts, (said) => ({ type: 'confirm-lift', ...said })) };
  }

  /** The executing department has the action in hand. */
  @Post('actions/:id/receipt')
  @HttpCode(200)
  @Allow('discipline-officer')
  receive(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
  ): Promise<ActionView> {
    return this.#act(actor, id, version, { type: 'receive' });
  }

  /** The department looked for the subject in its business. */
  @Post('actions/:id/check')
  @HttpCode(200)
  @Allow('discipline-officer')
  check(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: CheckRequest,
  ): Promise<ActionView> {
    return this.#act(actor, id, version, { type: 'check', ...body });
  }

  /** Whom the own department can name: its officers who have logged in. */
  @Get('officers')
  @Allow('discipline-officer')
  async whom(@CurrentActor() actor: Actor): Promise<{ items: Officer[] }> {
    await this.officers.seen(actor);
    return { items: await this.officers.of(actor.department ?? '') };
  }

  /** One officer of the department is named who answers, or confirms. */
  @Post('actions/:id/assignment')
  @HttpCode(200)
  @Allow('discipline-officer')
  assign(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: AssignmentRequest,
  ): Promise<ActionView> {
    // The officer's name is what the own token said of it, not what a colleague writes.
    return this.#act(actor, id, version, { type: 'assign', to: { id: body.officer, name: body.officer } });
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
    return this.#act(actor, id, version, { type: 'answer', ...body });
  }

  /** The executing department corrects what it said; the history keeps both. */
  @Post('actions/:id/correction')
  @HttpCode(200)
  @Allow('discipline-officer')
  correct(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: CorrectionRequest,
  ): Promise<ActionView> {
    return this.#act(actor, id, version, { type: 'correct-answer', ...body });
  }

  /** The executing department confirms that the measure is lifted. */
  @Post('actions/:id/lift')
  @HttpCode(200)
  @Allow('discipline-officer')
  lift(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: ConfirmationRequest,
  ): Promise<ActionView> {
    return this.#act(actor, id, version, { type: 'confirm-lift', ...body });
  }

  /** The decision on which a ban rested by itself was taken back: no check shows it any more. */
  @Post('actions/:id/own-ground/end')
  @HttpCode(200)
  @Allow('discipline-officer')
  endOwnGround(
    @CurrentActor() actor: Actor,
    @Param('id', ActionId) id: string,
    @IfMatch() version: number,
    @Body() body: OwnGroundEndRequest,
  ): Promise<ActionView> {
    return this.#act(actor, id, version, { type: 'end-own-ground', ...body });
  }

  async #act(actor: Actor, id: string, version: number, command: OfficerCommand): Promise<ActionView> {
    await this.officers.seen(actor);
    return this.database.command(async (tx) =>
      viewOf(await this.acts.run(tx, actor, id, version, command), actor, this.law.dutiesOf(actor)),
    );
  }
}
