import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Query, StreamableFile, type Type } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, CurrentActor, Database, LOGGER, type Logger, TextField } from '#platform';
import { replayRefusals } from './replay-refusals.js';
import type { SnapshotSource } from './snapshot.js';
import { givenSnapshots, type GivenSnapshot, giveSnapshot } from './snapshots.js';

class SnapshotQuery {
  @TextField({ min: 3, max: 500, description: 'why', example: '信用档案需重新填充' })
  reason!: string;
}

/** `/api/operations/<service>/messaging/snapshots`: what stands, for a subscriber that is to be filled from it. */
export function snapshotsController(service: string, sources: readonly SnapshotSource[]): Type {
  @ApiTags('operations')
  @Allow('operator')
  @Controller(`api/operations/${service}/messaging/snapshots`)
  class SnapshotsController {
    constructor(
      private readonly database: Database,
      @Inject(LOGGER) private readonly logger: Logger,
    ) {}

    @Get()
    @ApiOperation({ summary: 'Snapshots that were given out: to whom, why, what they held' })
    async given(): Promise<{ items: GivenSnapshot[] }> {
      return { items: await givenSnapshots(this.database) };
    }

    @Get(':topic')
    @ApiProduces('application/x-ndjson')
    @ApiOperation({
      summary:
        'What stands of each subject of a topic at its sequence, a line each; the last line says how many',
    })
    async give(
      @Param('topic') topic: string,
      @Query() { reason }: SnapshotQuery,
      @CurrentActor() actor: Actor,
    ): Promise<StreamableFile> {
      const source = sources.find((each) => each.topic === topic);
      if (!source) {
        const possible = sources.map((each) => each.topic).join(', ') || '-';
        return replayRefusals.refuse('messaging.no-snapshot', { topic, possible });
      }
      const lines = await giveSnapshot(this.database, this.logger, source, reason, actor);
      return new StreamableFile(Readable.from(lines, { objectMode: false }), {
        type: 'application/x-ndjson; charset=utf-8',
        disposition: `attachment; filename="${service}-${topic}.ndjson"`,
      });
    }
  }
  return SnapshotsController;
}
