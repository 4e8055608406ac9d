import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { LocalDate } from '#kernel';
import { Allow, CurrentActor, DateField, IntegerField, PageQuery, pageRequest } from '#platform';
import type { Actor, Page } from '#platform';
import type { ModelSummary, ModelView } from '../queries/read-models.js';
import { ReadModels } from '../queries/read-models.js';
import type { ExplainedGrade, GradeView } from '../queries/read-grades.js';
import { GRADE_READERS, ReadGrades } from '../queries/read-grades.js';

class AsOf {
  @DateField({
    optional: true,
    description: 'the grade that stood at the end of that day',
    example: '2024-11-14',
  })
  asOf?: LocalDate;
}

class ModelVersion {
  @IntegerField({
    min: 1,
    max: 100_000,
    optional: true,
    description: 'a published version; the one valid today when absent',
  })
  version?: number;
}

@ApiTags('grades')
@Controller('api')
export class GradingController {
  constructor(
    private readonly grades: ReadGrades,
    private readonly models: ReadModels,
  ) {}

  /** The grade of a subject, by its unified social credit code or id. */
  @Get('grades/:subject')
  @Allow(...GRADE_READERS, 'party')
  grade(
    @CurrentActor() actor: Actor,
    @Param('subject') subject: string,
    @Query() { asOf }: AsOf,
  ): Promise<GradeView> {
    return this.grades.grade(actor, subject, asOf);
  }

  /** How the grade came about: every indicator with its points, the score, the veto. */
  @Get('grades/:subject/explanation')
  @Allow(...GRADE_READERS, 'party')
  explanation(
    @CurrentActor() actor: Actor,
    @Param('subject') subject: string,
    @Query() { asOf }: AsOf,
  ): Promise<ExplainedGrade> {
    return this.grades.explanation(actor, subject, asOf);
  }

  @Get('grading/models')
  @Allow()
  listModels(@Query() query: PageQuery): Promise<Page<ModelSummary>> {
    return this.models.list(pageRequest(query));
  }

  /** One published version in full. */
  @Get('grading/models/:id')
  @Allow()
  model(@Param('id') id: string, @Query() { version }: ModelVersion): Promise<ModelView> {
    return this.models.one(id, version);
  }
}
