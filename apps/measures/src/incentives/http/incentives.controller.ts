import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Actor } from '#platform';
import { Allow, Clock, CurrentActor, Database, Purpose, requestRefusals } from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { ExportDays, ExportPurpose } from '../../exports/exports.dto.js';
import { Exports } from '../../exports/exports.js';
import { IncentiveLaw, type IncentiveReasonRow } from '../commands/incentive-law.js';
import type { IncentiveRule } from '../domain/incentive.js';
import { exportOfIncentives } from '../queries/export-incentives.js';
import { IncentivesStore, type StoredIncentive } from '../store/incentives.store.js';
import { IncentivesQuery } from './requests.js';

@ApiTags('incentives')
@Controller('api/discipline/incentives')
export class IncentivesController {
  constructor(
    private readonly database: Database,
    private readonly store: IncentivesStore,
    private readonly law: IncentiveLaw,
    private readonly clock: Clock,
    private readonly duties: DisciplineLaw,
    private readonly exports: Exports,
  ) {}

  @Get()
  @Allow('department-system', 'discipline-officer', 'handler', 'lead-unit', 'auditor', 'operator', 'party')
  @ApiOperation({
    summary: 'Incentives of a subject, the newest first, with what brought and what ended each',
  })
  async ofSubject(
    @CurrentActor() actor: Actor,
    @Query() { subject }: IncentivesQuery,
  ): Promise<{ items: StoredIncentive[] }> {
    const isOnlyParty = actor.roles.every((role) => role === 'party');
    if (isOnlyParty && actor.party !== subject)
      throw requestRefusals.refusal('request.other-department', { owner: subject });
    return { items: await this.store.ofSubject(this.database, subject) };
  }

  @Get('export')
  @Allow('discipline-officer', 'auditor')
  @ExportPurpose
  @ApiProduces('text/csv')
  @ApiOperation({
    summary:
      'Incentives that the own department gives, of all for auditors, as CSV; the export is logged itself',
  })
  export(
    @CurrentActor() actor: Actor,
    @Query() { from, to = this.clock.today() }: ExportDays,
    @Purpose() purpose: string | undefined,
  ): Promise<StreamableFile> {
    const executors = actor.roles.includes('auditor') ? null : this.duties.dutiesOf(actor);
    return this.exports.take(actor, purpose, exportOfIncentives(from, to, executors));
  }

  @Get('rules')
  @Allow()
  @ApiOperation({ summary: 'The incentive list: what brings which benefit, on which basis' })
  async rules(): Promise<{ items: IncentiveRule[] }> {
    return { items: await this.store.rules(this.database) };
  }

  @Get('reasons')
  @Allow()
  @ApiOperation({ summary: 'The reasons with which a department may answer that it does not give one' })
  reasons(): { items: IncentiveReasonRow[] } {
    return { items: this.law.reasons() };
  }
}
