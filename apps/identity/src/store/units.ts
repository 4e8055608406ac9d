import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { Unit as UnitSeed } from '#seeds';

export interface UnitRow {
  id: string;
  name: string;
  name_en: string;
  seed_name: string | null;
  kind: string;
  level: string;
  region: string;
  parent: string | null;
  successor: string | null;
  credit_code: string | null;
  valid_from: LocalDate | null;
  valid_to: LocalDate | null;
  seed: Pick<UnitSeed, 'basis' | 'confirmed' | 'source' | 'collective'>;
}

export interface UnitFilter {
  kind?: string;
  level?: string;
  region?: string;
  parent?: string;
  validOn?: LocalDate;
}

const COLUMNS =
  'id, name, name_en, seed_name, kind, level, region, parent, successor, credit_code, valid_from, valid_to, seed';

/**
 * Brings the units to what the seeds say, in one statement; the same seeds again change nothing. A unit that
 * the seeds no longer name stays: old cases do.
 *
 * @returns how many rows were new or changed
 */
export async function saveUnits(tx: Tx, units: readonly UnitSeed[]): Promise<number> {
  const rows = units.map((unit) => ({
    id: unit.id,
    name: unit.name,
    name_en: unit.nameEn,
    seed_name: unit.seedName,
    kind: unit.kind,
    level: unit.level,
    region: unit.region,
    parent: unit.parent,
    successor: unit.successor ?? null,
    credit_code: unit.creditCode,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
    seed: {
      basis: unit.basis,
      confirmed: unit.confirmed,
      source: unit.source,
      collective: unit.collective ?? null,
    },
  }));
  const changed = await tx.query(
    `INSERT INTO unit AS kept (${COLUMNS})
     SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::unit, $1)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, name_en = excluded.name_en, seed_name = excluded.seed_name, kind = excluded.kind,
       level = excluded.level, region = excluded.region, parent = excluded.parent, successor = excluded.successor,
       credit_code = excluded.credit_code, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       seed = excluded.seed
     WHERE kept IS DISTINCT FROM excluded`,
    [JSON.stringify(rows)],
  );
  return changed.rowCount;
}

export async function readUnits(db: Queryable, filter: UnitFilter): Promise<UnitRow[]> {
  const { rows } = await db.query<UnitRow>(
    `SELECT ${COLUMNS} FROM unit
     WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR level = $2)
       AND ($3::text IS NULL OR region = $3) AND ($4::text IS NULL OR parent = $4)
       AND ($5::date IS NULL OR ((valid_from IS NULL OR valid_from <= $5) AND (valid_to IS NULL OR $5 <= valid_to)))
     ORDER BY level DESC, region, id`,
    [filter.kind, filter.level, filter.region, filter.parent, filter.validOn].map((value) => value ?? null),
  );
  return rows;
}

export async function readUnit(db: Queryable, id: string): Promise<UnitRow | undefined> {
  const { rows } = await db.query<UnitRow>(`SELECT ${COLUMNS} FROM unit WHERE id = $1`, [id]);
  return rows[0];
}
