import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import { Allow, ChoiceField, CurrentActor, pageRequest, TextField } from '#platform';
import { DUE_PART } from '../../units/due-worklist.js';
import { OwedQuery, owedFilterOf } from '../../units/owed-query.js';
import { OWED } from '../domain/lifecycle.js';
import type { ActionView } from '../queries/action-view.js';
import { ActionWorklist } from '../queries/action-worklist.js';
import { Officers } from '../store/officers.js';
import { UUID } from './requests.js';

class WorklistQuery extends OwedQuery {
  @ChoiceField({ values: OWED, optional: true, description: 'in one status; lift-ordered: to be confirmed' })
  status?: string;

  @TextField({
    max: 12,
    pattern: /^[A-Z]{2,12}$/,
    optional: true,
    description: 'key of a list type',
    example: 'SAMR',
  })
  list?: string;

  @TextField({ max: 100, optional: true, description: 'one entry of the catalogue', example: '2024/8' })
  measure?: string;

  @TextField({ max: 100, optional: true, description: 'assigned to one officer' })
  assignee?: string;
}

@ApiTags('discipline')
@Controller('api/discipline/worklist')
export class WorklistController {
  constructor(
    private readonly worklist: ActionWorklist,
    private readonly officers: Officers,
  ) {}

  @Get()
  @Allow('discipline-officer', 'lead-unit', 'operator', 'auditor')
  @ApiOperation({
    summary:
      'Answers and confirmations of lifts that are owed, what is due first first: of the own department, or escalated to it; all for operators and auditors',
  })
  async due(@CurrentActor() actor: Actor, @Query() query: WorklistQuery): Promise<Page<ActionView>> {
    await this.officers.seen(actor);
    const { status, list, measure, assignee } = query;
    return this.worklist.page(
      actor,
      { ...owedFilterOf(query), status, list, measure, assignee },
      pageRequest(query, DUE_PART, UUID),
    );
  }
}
