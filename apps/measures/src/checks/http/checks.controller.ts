import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { isLocalDate } from '#kernel';
import type { Actor, Page } from '#platform';
import { Allow, Clock, CurrentActor, Database, pageRequest, Purpose, requestRefusals } from '#platform';
import { lateFilterOf } from '../../units/late-query.js';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { UUID } from '../../discipline/http/requests.js';
import { ExportDays, ExportPurpose } from '../../exports/exports.dto.js';
import { Exports } from '../../exports/exports.js';
import { AnswerHit } from '../commands/answer-hit.js';
import { AnswerHits, type HitOutcome } from '../commands/answer-hits.js';
import { AskCheck, type CheckAnswer } from '../commands/ask-check.js';
import { checkRefusals } from '../domain/refusals.js';
import { exportOfChecks } from '../queries/export-checks.js';
import { type LoggedCheck, ReadChecks } from '../queries/read-checks.js';
import { type Coverage, ReadCoverage } from '../queries/read-coverage.js';
import type { StoredHit } from '../store/hits.js';
import {
  AboutSubjectQuery,
  CheckBody,
  CoverageQuery,
  HitAnswerBody,
  HitAnswersBody,
  HitsQuery,
} from './requests.js';

/** Day, check, place of the subject, action. */
const HIT_POSITION = [{ test: isLocalDate }, UUID, /^\d{1,4}$/, UUID];

/** A malformed id names no check; pipes of Nest would answer in another form than ours. */
const checkId = new ParseUUIDPipe({
  exceptionFactory: () => checkRefusals.refusal('check.not-found', { id: '?' }),
});
const actionId = new ParseUUIDPipe({
  exceptionFactory: () => checkRefusals.refusal('check.hit-not-found', { action: '?' }),
});

@ApiTags('checks')
@Controller('api/discipline/checks')
export class ChecksController {
  constructor(
    private readonly database: Database,
    private readonly checks: AskCheck,
    private readonly answers: AnswerHit,
    private readonly many: AnswerHits,
    private readonly read: ReadChecks,
    private readonly covered: ReadCoverage,
    private readonly clock: Clock,
    private readonly law: DisciplineLaw,
    private readonly exports: Exports,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('department-system', 'discipline-officer', 'handler', 'reviewer', 'approver')
  @ApiOperation({
    summary:
      'What binds these subjects in this kind of business, logged with its purpose, signed as evidence',
  })
  ask(@CurrentActor() actor: Actor, @Body() body: CheckBody): Promise<CheckAnswer & { evidence: string }> {
    return this.checks.run(actor, body);
  }

  @Get('hits')
  @Allow('department-system', 'discipline-officer', 'handler', 'reviewer', 'approver', 'lead-unit', 'auditor')
  @ApiOperation({
    summary: 'Hits of the own department, and those escalated to it, by the day they are to be answered',
  })
  hits(@CurrentActor() actor: Actor, @Query() query: HitsQuery): Promise<Page<StoredHit>> {
    const open = query.open === undefined ? {} : { open: query.open === 'true' };
    const filter = { ...open, ...lateFilterOf(query) };
    return this.read.hitsFor(actor, filter, pageRequest(query, ...HIT_POSITION));
  }

  @Get('coverage')
  @Allow('lead-unit', 'auditor', 'operator', 'evaluator')
  @ApiOperation({ summary: 'Who asks as art. 44 of the ordinance demands, by department and field' })
  async coverage(@Query() query: CoverageQuery): Promise<{ items: Coverage[] }> {
    return { items: await this.covered.run(query.from, query.to) };
  }

  @Get('about')
  @Allow('auditor', 'party')
  @ApiOperation({ summary: 'Who asked about a subject; a party sees what was asked about itself' })
  about(
    @CurrentActor() actor: Actor,
    @Query() query: AboutSubjectQuery,
  ): ReturnType<ReadChecks['aboutSubject']> {
    if (!actor.roles.includes('auditor') && actor.party !== query.subject)
      throw requestRefusals.refusal('request.other-department', { owner: query.subject });
    return this.read.aboutSubject(query.subject, pageRequest(query, UUID));
  }

  @Get('export')
  @Allow('discipline-officer', 'approver', 'auditor')
  @ExportPurpose
  @ApiProduces('text/csv')
  @ApiOperation({
    summary:
      'The log of checks of the own department, of all for auditors, as CSV; the export is logged itself',
  })
  export(
    @CurrentActor() actor: Actor,
    @Query() { from, to = this.clock.today() }: ExportDays,
    @Purpose() purpose: string | undefined,
  ): Promise<StreamableFile> {
    const departments = actor.roles.includes('auditor') ? null : this.law.dutiesOf(actor);
    return this.exports.take(actor, purpose, exportOfChecks(from, to, departments));
  }

  @Get(':id')
  @Allow('department-system', 'discipline-officer', 'handler', 'reviewer', 'approver', 'lead-unit', 'auditor')
  @ApiOperation({ summary: 'A check as it was logged, with its hits' })
  one(@CurrentActor() actor: Actor, @Param('id', checkId) id: string): Promise<LoggedCheck> {
    return this.read.one(actor, id);
  }

  @Post(':id/hits/answers')
  @HttpCode(200)
  @Allow('department-system', 'discipline-officer', 'handler', 'approver')
  @ApiOperation({ summary: 'Answers to up to 200 hits of a check; each stands or is refused for itself' })
  async answerMany(
    @CurrentActor() actor: Actor,
    @Param('id', checkId) id: string,
    @Body() body: HitAnswersBody,
  ): Promise<{ items: HitOutcome[] }> {
    return { items: await this.many.run(actor, id, body.answers) };
  }

  @Post(':id/hits/:action/answer')
  @HttpCode(200)
  @Allow('department-system', 'discipline-officer', 'handler', 'approver')
  @ApiOperation({ summary: 'What the department made of a hit: applied, or not applied and why' })
  answer(
    @CurrentActor() actor: Actor,
    @Param('id', checkId) id: string,
    @Param('action', actionId) action: string,
    @Body() body: HitAnswerBody,
  ): Promise<StoredHit> {
    return this.database.command((tx) => this.answers.run(tx, actor, id, action, body));
  }
}
