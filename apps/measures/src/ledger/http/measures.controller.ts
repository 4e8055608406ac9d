import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import {
  Allow,
  ChoiceField,
  Creates,
  CurrentActor,
  Database,
  IntegerField,
  PageQuery,
  pageRequest,
  TextField,
} from '#platform';
import { ReportProgress } from '../commands/report-progress.js';
import { ledgerRefusals } from '../domain/refusals.js';
import type { MeasureView } from '../queries/read-measures.js';
import { ReadMeasures } from '../queries/read-measures.js';
import type { RecordedProgress } from '../store/measure.store.js';

/** of a measure, or of a report on it */
const NUMBER = /^[1-9]\d{0,8}$/;

class MeasuresQuery extends PageQuery {
  @TextField({
    max: 80,
    optional: true,
    description: 'measures in which the unit is a lead or responsible',
    example: 'hlj.finance',
  })
  unit?: string;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that are, or are not, overdue today',
  })
  overdue?: string;
}

class ProgressRequest {
  @IntegerField({ min: 0, max: 100, description: 'how far the measure is, in percent', example: 60 })
  percent!: number;

  @TextField({ max: 4000, description: 'what was done, with evidence', example: '名单管理已覆盖全省' })
  text!: string;
}

/** Whatever is no number of a measure is not found. (Typed `number`, Nest would already have read `1e1` as 10.) */
function numberOf(no: string): number {
  if (!/^[1-9]\d{0,2}$/.test(no)) throw ledgerRefusals.refusal('measure.not-found', { no: no.slice(0, 20) });
  return Number(no);
}

@ApiTags('measures')
@Controller('api/measures')
export class MeasuresController {
  constructor(
    private readonly database: Database,
    private readonly measures: ReadMeasures,
    private readonly progress: ReportProgress,
  ) {}

  /** The 45 measures of the provincial opinion, each as it stands today. */
  @Get()
  @Allow()
  list(@Query() query: MeasuresQuery): Promise<Page<MeasureView>> {
    const { unit, overdue } = query;
    return this.measures.list(
      { ...(unit ? { unit } : {}), ...(overdue ? { overdue: overdue === 'true' } : {}) },
      pageRequest(query, NUMBER),
    );
  }

  @Get(':no')
  @Allow()
  one(@Param('no') no: string): Promise<MeasureView> {
    return this.measures.one(numberOf(no));
  }

  /** Every report on the measure, the latest first. */
  @Get(':no/progress')
  @Allow()
  history(@Param('no') no: string, @Query() query: PageQuery): Promise<Page<RecordedProgress>> {
    return this.measures.history(numberOf(no), pageRequest(query, NUMBER));
  }

  /** A lead or responsible unit reports. */
  @Post(':no/progress')
  @Creates()
  @Allow('lead-unit')
  report(
    @CurrentActor() actor: Actor,
    @Param('no') no: string,
    @Body() body: ProgressRequest,
  ): Promise<RecordedProgress> {
    return this.database.command((tx) =>
      this.progress.run(tx, actor, numberOf(no), { percent: body.percent, text: body.text }),
    );
  }
}
