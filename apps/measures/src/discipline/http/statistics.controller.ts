import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { LocalDate } from '#kernel';
import type { Actor } from '#platform';
import { Allow, ChoiceField, CurrentActor, DateField, TextField } from '#platform';
import { csvOf, type Grouping, GROUPINGS, Statistics, type StatisticsAnswer } from '../queries/statistics.js';

class StatisticsQuery {
  @ChoiceField({ values: GROUPINGS, description: 'what is counted together', example: 'department' })
  by!: Grouping;

  @DateField({ description: 'first day of the orders', example: '2024-01-01' })
  from!: LocalDate;

  @DateField({ description: 'last day of the orders', example: '2024-12-31' })
  to!: LocalDate;

  @TextField({
    max: 12,
    pattern: /^[A-Z]{2,12}$/,
    optional: true,
    description: 'one list type',
    example: 'SAMR',
  })
  list?: string;

  @TextField({ max: 60, optional: true, description: 'one executing department', example: 'hlj.finance' })
  department?: string;

  @TextField({
    max: 6,
    pattern: /^\d{4}00$/,
    optional: true,
    description: 'subjects of one city with its counties (GB/T 2260)',
    example: '230100',
  })
  city?: string;

  @TextField({ max: 100, optional: true, description: 'one entry of the catalogue', example: '2024/8' })
  measure?: string;
}

@ApiTags('discipline')
@Controller('api/discipline/statistics')
export class StatisticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  @Allow('lead-unit', 'evaluator', 'operator', 'auditor', 'discipline-officer')
  @ApiOperation({
    summary:
      'How far what was ordered has come, by department, city, list, measure, class or month, with approval checks and incentives; a department sees its own',
  })
  read(@CurrentActor() actor: Actor, @Query() query: StatisticsQuery): Promise<StatisticsAnswer> {
    return this.statistics.run({ ...query, ...ownOnly(actor) });
  }

  @Get('export')
  @Allow('lead-unit', 'evaluator', 'operator', 'auditor', 'discipline-officer')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="discipline-statistics.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The same as CSV' })
  async export(@CurrentActor() actor: Actor, @Query() query: StatisticsQuery): Promise<string> {
    return csvOf((await this.statistics.run({ ...query, ...ownOnly(actor) })).items);
  }
}

const OVERVIEW = ['lead-unit', 'evaluator', 'operator', 'auditor'] as const;

function ownOnly(actor: Actor): { department?: string } {
  return OVERVIEW.some((role) => actor.roles.includes(role)) ? {} : { department: actor.department ?? '' };
}
