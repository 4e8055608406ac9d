import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  ChoiceField,
  Creates,
  CurrentActor,
  Database,
  IfMatch,
  IntegerField,
  type Page,
  PageQuery,
  pageOf,
  pageRequest,
  TextField,
} from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { DeclareDecisions } from '../commands/declare-decisions.js';
import { DUTY_FIELDS } from '../domain/check.js';
import { DECLARED_FIELDS, type Declaration, MONTH } from '../domain/declaration.js';
import { Declarations } from '../store/declarations.js';

class DeclarationBody {
  @ChoiceField({
    values: DUTY_FIELDS,
    description: 'kind of decision (ordinance art. 44); permits and honours are counted from records instead',
    example: 'procurement',
  })
  field!: string;

  @TextField({ max: 7, pattern: MONTH, description: 'a month that is over', example: '2024-10' })
  month!: string;

  @IntegerField({
    min: 0,
    max: 10_000_000,
    description: 'awards or grants decided in it, one for each who received',
    example: 12,
  })
  decisions!: number;
}

class DeclarationCorrectionBody extends DeclarationBody {
  @TextField({ min: 2, max: 500, description: 'why the number is another one', example: '漏计一项采购' })
  why!: string;
}

class DeclarationsQuery extends PageQuery {
  @ChoiceField({ values: DECLARED_FIELDS, optional: true, description: 'one kind of decision' })
  field?: string;

  @TextField({ max: 7, pattern: MONTH, optional: true, description: 'one month', example: '2024-10' })
  month?: string;

  @TextField({ max: 80, optional: true, description: 'one department', example: 'hlj.finance' })
  department?: string;
}

const OVERVIEW = ['lead-unit', 'auditor', 'operator', 'evaluator'] as const;
/** Month, department, kind, version. */
const POSITION = [MONTH, /^[\w.-]{1,80}$/, /^[a-z-]{1,20}$/, /^\d{1,9}$/];

@ApiTags('checks')
@Controller('api/discipline/checks/declarations')
export class DeclarationsController {
  constructor(
    private readonly database: Database,
    private readonly declare: DeclareDecisions,
    private readonly declarations: Declarations,
    private readonly law: DisciplineLaw,
  ) {}

  @Post()
  @Creates()
  @Allow('department-system', 'discipline-officer', 'approver')
  @ApiOperation({ summary: 'How many decisions of a kind the own department took in a month that is over' })
  first(@CurrentActor() actor: Actor, @Body() body: DeclarationBody): Promise<Declaration> {
    return this.database.command((tx) => this.declare.first(tx, actor, body));
  }

  @Post('correction')
  @HttpCode(200)
  @Allow('department-system', 'discipline-officer', 'approver')
  @ApiOperation({ summary: 'Another number for a month, and why; the history keeps both' })
  correct(
    @CurrentActor() actor: Actor,
    @IfMatch() version: number,
    @Body() body: DeclarationCorrectionBody,
  ): Promise<Declaration> {
    return this.database.command((tx) => this.declare.correct(tx, actor, version, body));
  }

  @Get()
  @Allow('department-system', 'discipline-officer', 'approver', ...OVERVIEW)
  @ApiOperation({ summary: 'What was declared, every version with who and when; a department sees its own' })
  async list(
    @CurrentActor() actor: Actor,
    @Query() { field, month, department, ...query }: DeclarationsQuery,
  ): Promise<Page<Declaration>> {
    const all = OVERVIEW.some((role) => actor.roles.includes(role));
    const own = all ? null : this.law.dutiesOf(actor);
    const departments =
      department === undefined ? own : [department].filter((each) => own?.includes(each) ?? true);
    const page = pageRequest(query, ...POSITION);
    const found = await this.declarations.list(
      this.database,
      { departments, ...(field && { field }), ...(month && { month }) },
      page.after,
      page.limit + 1,
    );
    return pageOf(found, page, (said) => [said.month, said.department, said.field, String(said.version)]);
  }
}
