import { ApiHeader } from '@nestjs/swagger';
import { ChoiceField, DateField, PageQuery, TextField } from '#platform';
import type { Status } from '../../domain/case/case.js';
import { GROUPINGS, type Grouping } from '../../store/statistics.js';
import { STATUSES } from './cases.dto.js';

export const PurposeHeader = ApiHeader({
  name: 'x-purpose',
  required: false,
  description: 'purpose and legal basis; demanded for natural persons and for exports, and logged',
});

export class AsOfQuery {
  @DateField({ optional: true, description: 'as it stood at the end of that day', example: '2025-03-31' })
  asOf?: string;
}

export class WorklistQuery extends PageQuery {
  @ChoiceField({ values: STATUSES, optional: true, description: 'stage', example: 'noticed' })
  stage?: Status;

  @TextField({ max: 12, pattern: /^[A-Z]{2,12}$/, optional: true, description: 'list type', example: 'SAMR' })
  listType?: string;

  @DateField({ optional: true, description: 'due on that day or before', example: '2025-03-31' })
  dueBy?: string;

  @ChoiceField({ values: ['true', 'false'], optional: true, description: 'only cases with a late duty' })
  overdue?: 'true' | 'false';

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only cases whose decision clock waits for the day from which it runs (clock-start)',
  })
  waitsForClock?: 'true' | 'false';

  @TextField({ max: 80, optional: true, description: 'deciding unit', example: 'hlj.market-regulation' })
  department?: string;

  @TextField({
    max: 6,
    pattern: /^\d{6}$/,
    optional: true,
    description: 'division of the deciding unit, its counties included',
    example: '230100',
  })
  region?: string;

  @TextField({
    min: 2,
    max: 100,
    optional: true,
    description: 'case number, code, or part of a name',
    example: '松江示例',
  })
  search?: string;
}

export class ExportQuery extends WorklistQuery {
  @ChoiceField({ values: ['true', 'false'], optional: true, description: 'closed and withdrawn cases, too' })
  finished?: 'true' | 'false';
}

export class StatisticsQuery {
  @ChoiceField({ values: GROUPINGS, optional: true, description: 'one row for each; by list when absent' })
  by?: Grouping;

  @DateField({ optional: true, description: 'as it stood on that day; today when absent' })
  asOf?: string;

  @DateField({ optional: true, description: 'only cases opened on that day or later' })
  from?: string;

  @TextField({ max: 12, pattern: /^[A-Z]{2,12}$/, optional: true, description: 'list type', example: 'SAMR' })
  listType?: string;
}
