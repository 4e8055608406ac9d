import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database, type Page, pageOf, type PageRequest } from '#platform';
import type { Constraint, DisciplineMeasure, DisciplineRule, DisciplineSupplement } from '#seeds';

export type CatalogueView = (DisciplineMeasure | DisciplineSupplement | Constraint) & {
  part: 'national' | 'supplement' | 'constraint';
};

/** The closed catalogue and the rules, as loaded from the dated seeds. */
@Injectable()
export class ReadRules {
  constructor(private readonly database: Database) {}

  async catalogue(
    filter: { part?: string; asOf?: LocalDate },
    page: PageRequest,
  ): Promise<Page<CatalogueView>> {
    const { rows } = await this.database.query<CatalogueView & { id: string }>(
      `SELECT content || jsonb_build_object('part', part) AS view, id FROM discipline_catalogue
       WHERE ($1::text IS NULL OR part = $1)
         AND ($2::date IS NULL OR coalesce(valid_from, $2) <= $2 AND coalesce(valid_to, $2) >= $2)
         AND ($3::text IS NULL OR id > $3)
       ORDER BY id LIMIT $4`,
      [filter.part ?? null, filter.asOf ?? null, page.after?.[0] ?? null, page.limit + 1],
    );
    return viewsOf<CatalogueView>(rows, page);
  }

  async rules(filter: { list?: string; asOf?: LocalDate }, page: PageRequest): Promise<Page<DisciplineRule>> {
    const { rows } = await this.database.query(
      `SELECT content AS view, id || ' ' || valid_from AS id FROM discipline_rule
       WHERE ($1::text IS NULL OR list = $1)
         AND ($2::date IS NULL OR valid_from <= $2 AND coalesce(valid_to, $2) >= $2)
         AND ($3::text IS NULL OR id || ' ' || valid_from > $3)
       ORDER BY 2 LIMIT $4`,
      [filter.list ?? null, filter.asOf ?? null, page.after?.[0] ?? null, page.limit + 1],
    );
    return viewsOf<DisciplineRule>(rows, page);
  }
}

function viewsOf<View>(rows: object[], page: PageRequest): Page<View> {
  const { items, next } = pageOf(rows as { id: string; view: View }[], page, (row) => [row.id]);
  return { items: items.map((row) => row.view), ...(next ? { next } : {}) };
}
