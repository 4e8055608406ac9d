import { Controller, Get, Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '#platform';
import { Allow, CurrentActor } from '#platform';
import { disciplineRefusals } from '../domain/refusals.js';
import { type CaseReach, ReadReach } from '../queries/read-reach.js';
import { UUID } from './requests.js';

/** What is no id cannot be found; the database is not asked. */
@Injectable()
class CaseId implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!UUID.test(id))
      throw disciplineRefusals.refusal('discipline.case-not-found', { id: id.slice(0, 40) });
    return id;
  }
}

@ApiTags('discipline')
@Controller('api/discipline/cases')
export class ReachController {
  constructor(private readonly reach: ReadReach) {}

  @Get(':id/rules')
  @Allow()
  @ApiOperation({ summary: 'The rules of the list of a case: which reached it, and why each other did not' })
  rules(@CurrentActor() actor: Actor, @Param('id', CaseId) id: string): Promise<CaseReach> {
    return this.reach.run(actor, id);
  }
}
