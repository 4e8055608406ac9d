import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#platform';
import { Allow, Creates, CurrentActor, IfMatch, Purpose } from '#platform';
import { type PushedRecord, PushRecord } from '../commands/push-record.js';
import { type WithdrawnRecord, WithdrawRecord } from '../commands/withdraw-record.js';
import { READERS } from '../queries/readers.js';
import { type RecordInFull, RecordsQuery } from '../queries/records.query.js';

import { PushRecordBody, WithdrawalBody } from './requests.js';
import { UuidParam } from './uuid-param.js';

@ApiTags('records')
@Controller('api/records')
export class RecordsController {
  constructor(
    private readonly pushRecord: PushRecord,
    private readonly withdrawRecord: WithdrawRecord,
    private readonly records: RecordsQuery,
  ) {}

  @Post()
  @Allow('department-system', 'handler')
  @Creates()
  @ApiOperation({
    summary: 'Push one record. 201 when it was taken, 200 when the same record was there already.',
  })
  async push(
    @CurrentActor() actor: Actor,
    @Body() body: PushRecordBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PushedRecord> {
    const pushed = await this.pushRecord.push(actor, body.type, body.payload);
    void reply.status(pushed.duplicate ? 200 : 201);
    return pushed;
  }

  @Get(':id')
  @Allow(...READERS, 'party')
  @ApiHeader({ name: 'X-Purpose', required: false, description: 'demanded for a record of a natural person' })
  @ApiOperation({ summary: 'A record in full; identity numbers masked.' })
  read(
    @CurrentActor() actor: Actor,
    @Param('id', UuidParam) id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<RecordInFull> {
    return this.records.inFull(actor, id, purpose);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('department-system', 'handler')
  @ApiOperation({
    summary: 'Withdraw a record of the own unit whose basis fell away or that was sent by mistake.',
  })
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id', UuidParam) id: string,
    @IfMatch() version: number,
    @Body() body: WithdrawalBody,
  ): Promise<WithdrawnRecord> {
    return this.withdrawRecord.withdraw(actor, id, version, body);
  }
}
