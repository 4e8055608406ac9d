import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Clock } from '#platform';
import type { SeverityRule } from '#seeds';
import { Catalogue, type CatalogueEntry } from '../catalogue/catalogue.js';
import { RecordTypesQuery } from './requests.js';

type ShownEntry = CatalogueEntry & { severityRules: readonly SeverityRule[] };

@ApiTags('record types')
@Controller('api/record-types')
export class RecordTypesController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Allow()
  @ApiOperation({
    summary:
      'The information catalogue: fields, JSON Schema, natural key, severity, with legal basis and validity.',
  })
  list(@Query() query: RecordTypesQuery): { items: ShownEntry[] } {
    return {
      items: this.catalogue.entriesOn(query.asOf ?? this.clock.today()).map((entry) => this.#shown(entry)),
    };
  }

  @Get(':type')
  @Allow()
  @ApiOperation({ summary: 'One entry of the catalogue.' })
  read(@Param('type') type: string, @Query() query: RecordTypesQuery): ShownEntry {
    const { type: entry } = this.catalogue.checkOf(type, query.asOf ?? this.clock.today());
    return this.#shown(this.catalogue.entryOf(entry.id, entry.version));
  }

  #shown(entry: CatalogueEntry): ShownEntry {
    return { ...entry, severityRules: this.catalogue.severityRules(entry.id) };
  }
}
