import { Injectable } from '@nestjs/common';
import type { Queryable } from '#platform';
import type { RuleBook } from '../domain/allowed-actions.js';
import type { CatalogueEntry, DisciplineRule, ExecutingUnit } from '../domain/rule.js';

@Injectable()
export class RuleBookStore {
  /** Rules of one list in all their versions, with the catalogue entries and units that they name. */
  async read(db: Queryable, list: string): Promise<RuleBook> {
    const rules = await db.query<{ content: DisciplineRule }>(
      'SELECT content FROM discipline_rule WHERE list = $1 ORDER BY id, valid_from',
      [list],
    );
    const catalogue = await db.query<CatalogueEntry>(
      `SELECT id, class, valid_from AS "validFrom", valid_to AS "validTo" FROM discipline_catalogue
       WHERE id IN (SELECT measure FROM discipline_rule WHERE list = $1)`,
      [list],
    );
    // All of them: a successor of a successor is one look away, and they are a hundred.
    const units = await db.query<ExecutingUnit>(
      'SELECT id, successor, valid_from AS "validFrom", valid_to AS "validTo" FROM unit',
    );
    return {
      rules: rules.rows.map((row) => row.content),
      catalogue: new Map(catalogue.rows.map((entry) => [entry.id, entry])),
      units: new Map(units.rows.map((unit) => [unit.id, unit])),
    };
  }
}
