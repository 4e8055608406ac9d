import { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, Allow, Clock, CurrentActor, Database, Purpose, TextField } from '#platform';
import { demandStanding } from '../commands/case-access.js';
import { handOf } from '../commands/case-changes.js';
import { attachmentRefusals, LARGEST_FILE_BYTES } from '../domain/attachment.js';
import { rolesFor } from '../domain/lifecycle.js';
import { Looks } from '../queries/looks.js';
import { ReadCases } from '../queries/read-cases.js';
import { Attachments } from '../store/attachments.js';
import { Cases } from '../store/cases.js';
import { Units } from '../store/units.js';
import { PurposeHeader } from './reading.dto.js';

class AttachmentQuery {
  @TextField({ max: 200, description: 'what the file is called', example: '整改报告.pdf' })
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
    const { body } = request;
    if (!(body instanceof Readable)) {
      const type = request.headers['content-type'] ?? '(none)';
      throw attachmentRefusals.refusal('attachment.media-type', { type });
    }
    try {
      const { state } = await this.caseStore.read(this.database, id);
      const as = demandStanding('defence', state, actor, this.units.superiorOf(state.department));
      const content = await read(body);
      const of = { caseId: state.id, byParty: as === 'party', name, by: handOf(actor), at: this.clock.now() };
      return await this.database.transaction((tx) => this.attachments.add(tx, of, content));
    } finally {
      // What is left of a refused file runs off, or the client would wait with its rest and never read the answer.
      body.resume();
    }
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
    const items = await this.attachments.ofCase(this.database, caseId);
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
    const file = await this.attachments.content(this.database, caseId, attachmentId);
    if (sight !== 'whole' && !file.byParty)
      throw attachmentRefusals.refusal('attachment.not-found', { id: attachmentId });
    // Never shown inside the console's origin, whatever a reader makes of its bytes.
    reply.header('x-content-type-options', 'nosniff');
    reply.header('repr-digest', `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`);
    return new StreamableFile(file.content, {
      type: file.mediaType,
      disposition: `attachment; filename="${file.id}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      length: file.size,
    });
  }
}

async function read(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_FILE_BYTES)
      throw attachmentRefusals.refusal('attachment.too-large', { limit: LARGEST_FILE_BYTES });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
