import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, Creates, CurrentActor, Database, pageRequest, Purpose } from '#platform';
import { OpenCaseCommand } from '../../commands/open-case.js';
import { Looks } from '../../queries/looks.js';
import { ReadCases } from '../../queries/read-cases.js';
import { AsOfQuery, PurposeHeader } from './reading.dto.js';
import { CaseQuery, OpenCaseRequest } from './cases.dto.js';
import { withoutNulls } from '../without-nulls.js';

@ApiTags('cases')
@Controller('api/listings')
export class CasesController {
  constructor(
    private readonly database: Database,
    private readonly openCase: OpenCaseCommand,
    private readonly cases: ReadCases,
    private readonly looks: Looks,
  ) {}

  @Post()
  @Allow('handler')
  @Creates()
  @ApiOperation({ summary: 'Open a case on a subject, resting on records (立案)' })
  open(@CurrentActor() actor: Actor, @Body() body: OpenCaseRequest): Promise<object> {
    const { correctionOrdered, reason, recordIds = [], ...request } = withoutNulls(body);
    const origin = reason === undefined ? {} : { origin: { kind: 'hand' as const, reason } };
    const clockFrom = correctionOrdered?.paymentLimit ?? request.clockFrom;
    return this.database.command(async (tx) => {
      const opened = await this.openCase.execute(tx, actor, {
        ...request,
        ...origin,
        recordIds,
        ...(clockFrom ? { clockFrom } : {}),
      });
      return this.cases.view(actor, opened);
    });
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Cases that the caller may see, newest first' })
  list(@CurrentActor() actor: Actor, @Query() query: CaseQuery): Promise<object> {
    return this.cases.list(actor, query, pageRequest(query));
  }

  @Get(':id')
  @Allow()
  @ApiOperation({ summary: 'One case; its ETag is what the next change names in If-Match' })
  @PurposeHeader
  async one(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { asOf }: AsOfQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, id, 'case', purpose);
    return this.cases.one(actor, id, asOf);
  }

  @Get(':id/actions')
  @Allow()
  @ApiOperation({
    summary: 'What the caller may do now, from the lifecycle table, and why not where it must wait',
  })
  actions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.cases.actions(actor, id);
  }

  @Get(':id/history')
  @Allow()
  @ApiOperation({
    summary: 'What happened: who did it, under which rules, with which letters, told by which event',
  })
  @PurposeHeader
  async history(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { asOf }: AsOfQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, id, 'history', purpose);
    return this.cases.historyOf(actor, id, asOf);
  }

  @Get(':id/receipts')
  @Allow()
  @ApiOperation({ summary: 'Receipts of an ended listing, and those still awaited' })
  receipts(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.cases.receiptsOf(actor, id);
  }

  @Get(':id/clocks')
  @Allow()
  @ApiOperation({ summary: 'Legal clocks that run now: until when, and what happens then' })
  clocks(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return this.cases.clocksOf(actor, id);
  }
}
