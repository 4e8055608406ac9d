import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import { Allow, ChoiceField, CurrentActor, PageQuery, pageRequest, TextField } from '#platform';
import { FindReferrals } from '../queries/find-referrals.js';
import type { StoredReferral } from '../store/referral.store.js';
import { UUID } from './requests.js';

class ReferralsQuery extends PageQuery {
  @TextField({ max: 36, pattern: UUID, optional: true, description: 'referrals of one listing case' })
  caseId?: string;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that stand, or that have ended',
  })
  standing?: string;
}

@ApiTags('discipline')
@Controller('api/discipline/referrals')
export class ReferralsController {
  constructor(private readonly found: FindReferrals) {}

  @Get()
  @Allow()
  @ApiOperation({
    summary: 'Listings passed on for reference: to the own unit, by its own listings, or about oneself',
  })
  list(@CurrentActor() actor: Actor, @Query() query: ReferralsQuery): Promise<Page<StoredReferral>> {
    const { caseId, standing } = query;
    return this.found.list(
      actor,
      {
        ...(caseId === undefined ? {} : { caseId }),
        ...(standing === undefined ? {} : { standing: standing === 'true' }),
      },
      pageRequest(query, UUID),
    );
  }
}
