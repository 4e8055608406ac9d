import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, type Page, pageRequest } from '#platform';
import { AccessLogQuery, type ShownLook } from '../queries/access-log.query.js';
import { AccessLogQueryParams } from './requests.js';

const LINE = /^\d{1,15}$/;

@ApiTags('access log')
@Controller('api/access-log')
export class AccessLogController {
  constructor(private readonly log: AccessLogQuery) {}

  @Get()
  @Allow('auditor')
  @ApiOperation({ summary: 'Who looked at which natural person, when and for what; newest first.' })
  list(@Query() query: AccessLogQueryParams): Promise<Page<ShownLook>> {
    const { subject, department } = query;
    return this.log.list({ subject, department }, pageRequest(query, LINE));
  }
}
