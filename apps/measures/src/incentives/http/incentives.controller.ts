import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '#platform';
import { Allow, CurrentActor, Database, requestRefusals } from '#platform';
import { IncentiveLaw, type IncentiveReasonRow } from '../commands/incentive-law.js';
import type { IncentiveRule } from '../domain/incentive.js';
import { IncentivesStore, type StoredIncentive } from '../store/incentives.store.js';
import { IncentivesQuery } from './requests.js';

@ApiTags('incentives')
@Controller('api/discipline/incentives')
export class IncentivesController {
  constructor(
    private readonly database: Database,
    private readonly store: IncentivesStore,
    private readonly law: IncentiveLaw,
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
