import { Controller, Get, Param, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, Allow, Clock, CurrentActor, Database, Purpose, TextField } from '#platform';
import { handOf } from '../../commands/case-changes.js';
import { demandRepairStanding } from '../../commands/handle-record-repairs.js';
import { attachmentRefusals } from '../../files/attachment.js';
import { recordRepairRoles } from '../../domain/record-repair/lifecycle.js';
import { Looks } from '../../queries/looks.js';
import { ReadRecordRepairs } from '../../queries/read-record-repairs.js';
import { Attachments } from '../../store/attachments.js';
import { PurposeHeader } from '../cases/reading.dto.js';
import { RecordEligibilityQuery } from './record-repairs.dto.js';
import { asFile, FILE_NAME, uploaded } from '../uploaded.js';

class RecordFileQuery extends RecordEligibilityQuery {
  @TextField({
    max: 200,
    pattern: FILE_NAME,
    description: 'what the file is called',
    example: '缴款凭证.pdf',
  })
  name!: string;
}

/** Files for the repair of a record that is published by itself, handed in before or with the request. */
@ApiTags('record repairs')
@Controller('api/repairs/attachments')
export class RecordFilesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly read: ReadRecordRepairs,
    private readonly attachments: Attachments,
    private readonly looks: Looks,
  ) {}

  @Post()
  @Allow(...recordRepairRoles('request'))
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' }, description: 'PDF, PNG or JPEG, at most 10 MB' })
  @ApiOperation({ summary: 'Upload a file; its type is read from its bytes, the same bytes are kept once' })
  add(
    @CurrentActor() actor: Actor,
    @Query() { recordId, name }: RecordFileQuery,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return uploaded(request, async (content) => {
      const record = await this.read.record(recordId);
      demandRepairStanding('request', null, actor, record);
      const byParty = actor.party !== undefined;
      const of = { recordId: record.id, byParty, name, by: handOf(actor), at: this.clock.now() };
      const bytes = await content();
      return this.database.transaction((tx) => this.attachments.add(tx, of, bytes));
    });
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Files of a record; a party sees its own' })
  @PurposeHeader
  async list(
    @CurrentActor() actor: Actor,
    @Query() { recordId }: RecordEligibilityQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.atRecord(actor, recordId, 'attachments', purpose);
    const { id } = await this.read.recordFor(actor, recordId);
    const items = await this.attachments.all(this.database, { recordId: id });
    return { items: actor.party === undefined ? items : items.filter(({ byParty }) => byParty) };
  }

  @Get(':attachmentId')
  @Allow()
  @ApiOperation({ summary: 'The bytes of a file, as they were handed in' })
  @PurposeHeader
  async content(
    @CurrentActor() actor: Actor,
    @Query() { recordId }: RecordEligibilityQuery,
    @Param('attachmentId') attachmentId: string,
    @Purpose() purpose: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.looks.atRecord(actor, recordId, 'attachment', purpose);
    const { id } = await this.read.recordFor(actor, recordId);
    const file = await this.attachments.content(this.database, { recordId: id }, attachmentId);
    if (actor.party !== undefined && !file.byParty)
      throw attachmentRefusals.refusal('attachment.not-found', { id: attachmentId });
    return asFile(file, reply);
  }
}
