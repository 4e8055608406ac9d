import { Injectable } from '@nestjs/common';
import { prepared, type Queryable } from '#platform';
import type { RuleBook } from '../domain/allowed-actions.js';
import type { CatalogueEntry, DisciplineRule, ExecutingUnit } from '../domain/rule.js';

const VERSION = prepared('SELECT version FROM discipline_law');

@Injectable()
export class RuleBookStore {
  /** As they were last read, with the version of the law that stood before that. */
  readonly #books = new Map<string, { version: number; book: RuleBook }>();

  /**
   * The rule books of the law as it stands now, each read once for every version of the law: a batch of listings asks
   * for the version, and no more. What was read after its version was taken can only be newer than that.
   */
  async now(db: Queryable): Promise<(list: string) => Promise<RuleBook>> {
    const { rows } = await db.query<{ version: number }>(VERSION);
    const { version } = rows[0]!;
    return async (list) => {
      const known = this.#books.get(list);
      if (known?.version === version) return known.book;
      const book = await this.read(db, list);
      this.#books.set(list, { version, book });
      return book;
    };
  }

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
