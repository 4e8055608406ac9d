import type { Tx } from '#platform';
import type { Seeds } from '#seeds';

/** Units and measures as they stand in the seeds. Neither is ever taken away: reports name them. */
export async function storeLedger(tx: Tx, seeds: Seeds): Promise<void> {
  const bySeedName = new Map(seeds.units.map((unit) => [unit.seedName, unit.id]));
  const idsOf = (names: readonly string[]): string[] => names.map((name) => bySeedName.get(name)!);
  await tx.query(
    `INSERT INTO unit (id, seed_name, name, name_en, kind, region, successor, collective, valid_from, valid_to)
     SELECT id, "seedName", name, "nameEn", kind, region, successor, collective, "validFrom", "validTo"
     FROM jsonb_to_recordset($1) AS g (id text, "seedName" text, name text, "nameEn" text, kind text, region text,
       successor text, collective jsonb, "validFrom" date, "validTo" date)
     ON CONFLICT (id) DO UPDATE
     SET seed_name = excluded.seed_name, name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
         region = excluded.region, successor = excluded.successor, collective = excluded.collective,
         valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
    [JSON.stringify(seeds.units)],
  );
  await tx.query(
    `INSERT INTO measure (number, deadline, content)
     SELECT (g.row ->> 'number')::smallint, (g.row ->> 'deadline')::date, g.row FROM jsonb_array_elements($1) AS g (row)
     ON CONFLICT (number) DO UPDATE SET deadline = excluded.deadline, content = excluded.content`,
    [
      JSON.stringify(
        seeds.measures.map((measure) => ({
          ...measure,
          leadIds: idsOf(measure.leadUnits),
          responsibleIds: idsOf(measure.responsibleUnits),
        })),
      ),
    ],
  );
}
