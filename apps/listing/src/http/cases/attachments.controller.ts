import { Controller, Get, Param, Post, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, Allow, Clock, CurrentActor, Database, Purpose, TextField } from '#platform';
import { demandStanding } from '../../commands/case-access.js';
import { handOf } from '../../commands/case-changes.js';
import { attachmentRefusals } from '../../files/attachment.js';
import { rolesFor } from '../../domain/case/lifecycle.js';
import { Looks } from '../../queries/looks.js';
import { ReadCases } from '../../queries/read-cases.js';
import { Attachments } from '../../store/attachments.js';
import { Cases } from '../../store/cases.js';
import { Units } from '../../store/units.js';
import { PurposeHeader } from './reading.dto.js';
import { asFile, FILE_NAME, uploaded } from '../uploaded.js';

class AttachmentQuery {
  @TextField({
    max: 200,
    pattern: FILE_NAME,
    description: 'what the file is called',
    example: '整改报告.pdf',
  })
  name!: string;
}

/** Files that a party or a handler hands in: kept by their bytes, named in a defence by their id. */
@ApiTags('cases')
@Controller('api/listings/:id/attachments')
export class AttachmentsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly units: Units,
    private readonly caseStore: Cases,
    private readonly cases: ReadCases,
    private readonly attachments: Attachments,
    private readonly looks: Looks,
  ) {}

  @Post()
  @Allow(...rolesFor('defence'))
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' }, description: 'PDF, PNG or JPEG, at most 10 MB' })
  @ApiOperation({ summary: 'Upload a file; its type is read from its bytes, the same bytes are kept once' })
  async add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() { name }: AttachmentQuery,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return uploaded(request, async (content) => {
      const { state } = await this.caseStore.read(this.database, id);
      const as = demandStanding('defence', state, actor, this.units.superiorOf(state.department));
      const of = { caseId: state.id, byParty: as === 'party', name, by: handOf(actor), at: this.clock.now() };
      const bytes = await content();
      return this.database.transaction((tx) => this.attachments.add(tx, of, bytes));
    });
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Files of a case; a party sees its own' })
  @PurposeHeader
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, id, 'attachments', purpose);
    const { caseId, sight } = await this.cases.insight(actor, id);
    const items = await this.attachments.all(this.database, { caseId });
    return { items: sight === 'whole' ? items : items.filter(({ byParty }) => byParty) };
  }

  @Get(':attachmentId')
  @Allow()
  @ApiOperation({ summary: 'The bytes of a file, as they were handed in' })
  @PurposeHeader
  async content(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('attachmentId') attachmentId: string,
    @Purpose() purpose: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.looks.at(actor, id, 'attachment', purpose);
    const { caseId, sight } = await this.cases.insight(actor, id);
    const file = await this.attachments.content(this.database, { caseId }, attachmentId);
    if (sight !== 'whole' && !file.byParty)
      throw attachmentRefusals.refusal('attachment.not-found', { id: attachmentId });
    return asFile(file, reply);
  }
}
