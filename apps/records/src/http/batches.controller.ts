import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform';
import { Allow, Creates, CurrentActor, currentContext } from '#platform';
import { PushBatch } from '../commands/push-batch.js';
import { intakeRefusals } from '../intake/intake-refusals.js';
import { BatchesQuery, type ShownBatch } from '../queries/batches.query.js';
import { BatchQuery } from './requests.js';
import { UuidParam } from './uuid-param.js';

const MEDIA = ['text/csv', 'application/x-ndjson'] as const;

@ApiTags('records')
@Controller('api/records/batches')
export class BatchesController {
  constructor(
    private readonly pushBatch: PushBatch,
    private readonly batches: BatchesQuery,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('department-system', 'handler')
  @Creates()
  @ApiConsumes(...MEDIA)
  @ApiBody({
    schema: { type: 'string' },
    description:
      'UTF-8, at most 25 MB; CSV with the field names in its first line, or one JSON object a line',
  })
  @ApiOperation({
    summary:
      'Push a file of records: right rows are taken, wrong rows answered with line, field, code, reason and cure.',
  })
  async push(
    @CurrentActor() actor: Actor,
    @Query() query: BatchQuery,
    @Req() request: FastifyRequest,
  ): Promise<ShownBatch> {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    const media = MEDIA.find((known) => known === type);
    const body = request.body;
    if (!media || !(body instanceof Readable))
      throw intakeRefusals.refusal('batch.media-type', { type: type ?? '(none)' });
    try {
      const length = Number(request.headers['content-length'] ?? 0);
      const batch = await this.pushBatch.push(actor, {
        type: query.type,
        media,
        body,
        length,
        idempotencyKey: currentContext()!.idempotency!.key,
      });
      return await this.batches.shown(batch);
    } finally {
      // What is left of a refused file runs off, or the client would wait with its rest and never read the answer.
      body.resume();
    }
  }

  @Get(':id')
  @Allow('department-system', 'handler', 'auditor')
  @ApiOperation({ summary: 'A batch of the own unit with its counts and its first thousand errors.' })
  read(@CurrentActor() actor: Actor, @Param('id', UuidParam) id: string): Promise<ShownBatch> {
    return this.batches.read(actor, id);
  }

  @Get(':id/errors')
  @Allow('department-system', 'handler', 'auditor')
  @ApiProduces('application/x-ndjson')
  @ApiOperation({ summary: 'All errors of a batch as a file, one JSON object a line.' })
  async errors(@CurrentActor() actor: Actor, @Param('id', UuidParam) id: string): Promise<StreamableFile> {
    const lines = Readable.from(await this.batches.errorLines(actor, id), { objectMode: false });
    return new StreamableFile(lines, {
      type: 'application/x-ndjson; charset=utf-8',
      disposition: `attachment; filename="errors-${id}.ndjson"`,
    });
  }
}
