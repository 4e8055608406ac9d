import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ChoiceField, type Page, PageQuery, pageRequest } from '#platform';
import { UUID } from '../discipline/http/requests.js';
import { Exports, type LoggedExport } from './exports.js';

class ExportsQuery extends PageQuery {
  @ChoiceField({ values: ['checks', 'incentives'], optional: true, description: 'one kind of export' })
  what?: string;
}

@ApiTags('exports')
@Controller('api/discipline/exports')
export class ExportsController {
  constructor(private readonly exports: Exports) {}

  @Get()
  @Allow('auditor')
  @ApiOperation({ summary: 'Who took the log of checks, or incentives, out of the system, and for what' })
  list(@Query() query: ExportsQuery): Promise<Page<LoggedExport>> {
    return this.exports.list(query.what, pageRequest(query, UUID));
  }
}
