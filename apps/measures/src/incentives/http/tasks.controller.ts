import {
  Body,
  Controller,
  Get,
  HttpCode,
  Injectable,
  Param,
  type PipeTransform,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentActor, Database, IfMatch, pageRequest } from '#platform';
import type { Actor, Page } from '#platform';
import { lateFilterOf } from '../../units/late-query.js';
import {
  ConfirmationRequest,
  GivenAnswerRequest,
  ReceiptsRequest,
  UUID,
} from '../../units/answer-requests.js';
import { IncentiveLaw } from '../commands/incentive-law.js';
import { ActOnTask, type TaskOfficerCommand } from '../commands/act-on-task.js';
import type { Outcome } from '../../units/each-for-itself.js';
import { ActOnManyTasks } from '../commands/act-on-many-tasks.js';
import { DUE_PART } from '../../units/due-worklist.js';
import { owedFilterOf } from '../../units/owed-query.js';
import { TaskWorklist } from '../queries/task-worklist.js';
import { incentiveRefusals } from '../domain/refusals.js';
import { FindTasks, type TaskHistoryEntry, type TaskView, taskViewOf } from '../queries/find-tasks.js';
import {
  TaskAnswersRequest,
  TaskCorrectionRequest,
  TaskEndsRequest,
  TasksQuery,
  TaskWorklistQuery,
} from './requests.js';

/** What is no id cannot be found; the database is not asked. */
@Injectable()
class TaskId implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!UUID.test(id)) throw incentiveRefusals.refusal('incentive.task-not-found', { id: id.slice(0, 40) });
    return id;
  }
}

@ApiTags('incentives')
@Controller('api/discipline/incentives/tasks')
export class IncentiveTasksController {
  constructor(
    private readonly database: Database,
    private readonly found: FindTasks,
    private readonly worklist: TaskWorklist,
    private readonly acts: ActOnTask,
    private readonly many: ActOnManyTasks,
    private readonly law: IncentiveLaw,
  ) {}

  @Get()
  @Allow()
  @ApiOperation({ summary: 'What departments do about incentives, as far as the caller may see it' })
  list(@CurrentActor() actor: Actor, @Query() query: TasksQuery): Promise<Page<TaskView>> {
    const { overdue, escalated, ...filter } = query;
    const late = lateFilterOf({ overdue, escalated });
    return this.found.list(actor, { ...filter, ...late }, pageRequest(query, UUID));
  }

  @Get('worklist')
  @Allow('discipline-officer', 'lead-unit', 'operator', 'auditor')
  @ApiOperation({
    summary:
      'What is owed about incentives, what is due first first: of the own department, or escalated to it; all for operators and auditors',
  })
  due(@CurrentActor() actor: Actor, @Query() query: TaskWorklistQuery): Promise<Page<TaskView>> {
    const { status, incentive } = query;
    const filter = { ...owedFilterOf(query), status, incentive };
    return this.worklist.page(actor, filter, pageRequest(query, DUE_PART, UUID));
  }

  @Get(':id')
  @Allow()
  @ApiOperation({ summary: 'One task, with what the caller may do' })
  one(@CurrentActor() actor: Actor, @Param('id', TaskId) id: string): Promise<TaskView> {
    return this.found.one(actor, id);
  }

  @Get(':id/history')
  @Allow()
  @ApiOperation({ summary: 'What happened to a task, in order' })
  async history(
    @CurrentActor() actor: Actor,
    @Param('id', TaskId) id: string,
  ): Promise<{ items: TaskHistoryEntry[] }> {
    return { items: await this.found.history(actor, id) };
  }

  @Post('answers')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'Up to 200 answers; each stands or is refused for itself' })
  async answerMany(
    @CurrentActor() actor: Actor,
    @Body() body: TaskAnswersRequest,
  ): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.answers, (said) => ({ type: 'answer', ...said })) };
  }

  @Post('receipts')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'Up to 200 tasks taken in hand; each stands or is refused for itself' })
  async receiveMany(
    @CurrentActor() actor: Actor,
    @Body() body: ReceiptsRequest,
  ): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.receipts, () => ({ type: 'receive' })) };
  }

  @Post('ends')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'Up to 200 ends confirmed; each stands or is refused for itself' })
  async endMany(@CurrentActor() actor: Actor, @Body() body: TaskEndsRequest): Promise<{ items: Outcome[] }> {
    return { items: await this.many.run(actor, body.ends, (said) => ({ type: 'confirm-end', ...said })) };
  }

  @Post(':id/receipt')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'The executing department has it in hand' })
  receive(
    @CurrentActor() actor: Actor,
    @Param('id', TaskId) id: string,
    @IfMatch() version: number,
  ): Promise<TaskView> {
    return this.#act(actor, id, version, { type: 'receive' });
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'The executing department gives the benefit, or does not and why' })
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', TaskId) id: string,
    @IfMatch() version: number,
    @Body() body: GivenAnswerRequest,
  ): Promise<TaskView> {
    return this.#act(actor, id, version, { type: 'answer', ...body });
  }

  @Post(':id/correction')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'It corrects what it said; the history keeps both' })
  correct(
    @CurrentActor() actor: Actor,
    @Param('id', TaskId) id: string,
    @IfMatch() version: number,
    @Body() body: TaskCorrectionRequest,
  ): Promise<TaskView> {
    return this.#act(actor, id, version, { type: 'correct-answer', ...body });
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('discipline-officer')
  @ApiOperation({ summary: 'It confirms that it gives the benefit no more, after the incentive fell away' })
  end(
    @CurrentActor() actor: Actor,
    @Param('id', TaskId) id: string,
    @IfMatch() version: number,
    @Body() body: ConfirmationRequest,
  ): Promise<TaskView> {
    return this.#act(actor, id, version, { type: 'confirm-end', ...body });
  }

  #act(actor: Actor, id: string, version: number, command: TaskOfficerCommand): Promise<TaskView> {
    return this.database.command(async (tx) =>
      taskViewOf(await this.acts.run(tx, actor, id, version, command), actor, this.law.dutiesOf(actor)),
    );
  }
}
