import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { LocalDate } from '#kernel';
import { Allow, ChoiceField, Clock, Database, DateField, TextField } from '#platform';
import { standsOn } from '../domain/unit.js';
import { identityRefusals } from '../refusals.js';
import { readUnit, readUnits, type UnitRow } from '../store/units.js';

class UnitQuery {
  @TextField({ max: 40, optional: true, description: 'kind of unit', example: 'department' })
  kind?: string;

  @ChoiceField({ values: ['province', 'city'], optional: true, description: 'level' })
  level?: string;

  @TextField({
    max: 6,
    pattern: /^\d{6}$/,
    optional: true,
    description: 'division, GB/T 2260',
    example: '230100',
  })
  region?: string;

  @TextField({ max: 120, optional: true, description: 'units below this one', example: 'hlj.city.230100' })
  parent?: string;

  @DateField({ optional: true, description: 'only units that stand on this day', example: '2024-11-04' })
  asOf?: LocalDate;
}

/** The tree of units; some ninety rows, so a list is one page. */
@ApiTags('units')
@Controller('api/units')
@Allow()
export class UnitsController {
  constructor(
    private readonly db: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: UnitQuery): Promise<object> {
    const day = query.asOf ?? this.clock.today();
    const rows = await readUnits(this.db, { ...query, validOn: query.asOf });
    return { items: rows.map((row) => shown(row, day)) };
  }

  @Get(':id')
  async read(@Param('id') id: string): Promise<object> {
    const row = /^[a-z0-9.-]{1,120}$/.test(id) ? await readUnit(this.db, id) : undefined;
    if (!row) throw identityRefusals.refusal('identity.unit-unknown', { unit: id });
    const below = await readUnits(this.db, { parent: id });
    return { ...shown(row, this.clock.today()), children: below.map((unit) => unit.id) };
  }
}

function shown(row: UnitRow, day: LocalDate): object {
  return {
    id: row.id,
    name: row.name,
    nameEn: row.name_en,
    seedName: row.seed_name,
    kind: row.kind,
    level: row.level,
    region: row.region,
    parent: row.parent,
    successor: row.successor,
    creditCode: row.credit_code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    standing: standsOn({ validFrom: row.valid_from, validTo: row.valid_to }, day),
    collective: row.seed.collective ?? null,
    basis: row.seed.basis,
    confirmed: row.seed.confirmed,
  };
}
