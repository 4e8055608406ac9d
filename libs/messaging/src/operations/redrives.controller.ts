import { Body, Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  ChoiceField,
  Creates,
  CurrentActor,
  type Page,
  PageQuery,
  pageRequest,
  TextField,
} from '#platform';
import type { ShownAudit } from '../inbox/redrive-audit.js';
import { type JobState, JOB_LIFE } from '../redrive/job-states.js';
import type { ItemOutcome, Job } from '../redrive/job-store.js';
import type { Counts } from '../redrive/selection.js';
import { ID_PART, jobId } from './ids.js';
import { MessagingOperations, type ShownItem } from './messaging-operations.js';
import { RedriveRequest, SelectionRequest, selectionOf } from './redrive-request.js';

const STATES = Object.keys(JOB_LIFE) as JobState[];
const NUMBER_PART = /^\d{1,15}$/;
const DEFAULT_PER_SECOND = 50;

class RedriveQuery extends PageQuery {
  @ChoiceField({ values: STATES, optional: true, description: 'every state when absent' })
  state?: JobState;
}

class ItemQuery extends PageQuery {
  @ChoiceField({
    values: ['waiting', 'redriven', 'discarded', 'failed', 'skipped'],
    optional: true,
    description: 'only items with this result; waiting: not done (yet)',
  })
  outcome?: ItemOutcome | 'waiting';
}

class AuditQuery extends PageQuery {
  @TextField({ max: 36, pattern: ID_PART, optional: true, description: 'acts on this redrive and its items' })
  redrive?: string;

  @TextField({ max: 36, pattern: ID_PART, optional: true, description: 'acts on this dead letter' })
  deadLetter?: string;
}

/** `/api/operations/<service>/messaging/redrives`: many dead letters in one order; see `../redrive/`. */
export function redrivesController(service: string): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging`)
  class RedrivesController {
    constructor(private readonly operations: MessagingOperations) {}

    @Post('redrives/dry-run')
    @HttpCode(200)
    @ApiOperation({ summary: 'Count what a selection takes up; changes nothing' })
    dryRun(@Body() body: SelectionRequest): Promise<Counts & { cutOff: Date }> {
      return this.operations.jobs.dryRun(selectionOf(body));
    }

    @Post('redrives')
    @Creates()
    @ApiOperation({
      summary: 'Order a redrive or discard of many letters; nothing happens until it is started',
    })
    create(@Body() body: RedriveRequest, @CurrentActor() actor: Actor): Promise<Job> {
      const { action, reason, perSecond = DEFAULT_PER_SECOND } = body;
      return this.operations.jobs.create({ action, reason, perSecond, selection: selectionOf(body) }, actor);
    }

    @Get('redrives')
    @ApiOperation({ summary: 'Redrives with their progress, newest first' })
    list(@Query() query: RedriveQuery): Promise<Page<Job>> {
      return this.operations.redrives(query.state ? [query.state] : STATES, pageRequest(query, ID_PART));
    }

    @Get('redrives/:id')
    @ApiOperation({ summary: 'One redrive with its progress' })
    read(@Param('id', jobId) id: string): Promise<Job> {
      return this.operations.jobs.read(id);
    }

    @Get('redrives/:id/items')
    @ApiOperation({ summary: 'What came of each letter, in the order in which they are done' })
    items(@Param('id', jobId) id: string, @Query() query: ItemQuery): Promise<Page<ShownItem>> {
      return this.operations.items(id, query.outcome, pageRequest(query, NUMBER_PART));
    }

    @Post('redrives/:id/start')
    @HttpCode(200)
    @ApiOperation({ summary: 'Begin; its items are done in the name of who starts it' })
    start(@Param('id', jobId) id: string, @CurrentActor() actor: Actor): Promise<Job> {
      return this.operations.jobs.act(id, 'start', actor);
    }

    @Post('redrives/:id/pause')
    @HttpCode(200)
    @ApiOperation({ summary: 'Stop after the letter under way; nothing more is done once this has answered' })
    pause(@Param('id', jobId) id: string, @CurrentActor() actor: Actor): Promise<Job> {
      return this.operations.jobs.act(id, 'pause', actor);
    }

    @Post('redrives/:id/resume')
    @HttpCode(200)
    @ApiOperation({ summary: 'Go on after a pause' })
    resume(@Param('id', jobId) id: string, @CurrentActor() actor: Actor): Promise<Job> {
      return this.operations.jobs.act(id, 'resume', actor);
    }

    @Post('redrives/:id/cancel')
    @HttpCode(200)
    @ApiOperation({ summary: 'End it; what is done stays done, the other letters stay open' })
    cancel(@Param('id', jobId) id: string, @CurrentActor() actor: Actor): Promise<Job> {
      return this.operations.jobs.act(id, 'cancel', actor);
    }

    @Get('redrive-audit')
    @ApiOperation({ summary: 'Who did what to dead letters and redrives, newest first' })
    audit(@Query() query: AuditQuery): Promise<Page<ShownAudit>> {
      const { redrive: job, deadLetter: letter } = query;
      return this.operations.audit({ job, letter }, pageRequest(query, NUMBER_PART));
    }
  }
  return RedrivesController;
}
