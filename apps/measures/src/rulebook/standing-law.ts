import type { Queryable } from '#platform';
import type { Constraint, DisciplineMeasure, DisciplineRule, DisciplineSupplement, Seeds } from '#seeds';
import { type Edition, type EditionedLaw, type Published, withEditions } from './domain/edition.js';
import { editionOfGiven, type Entry } from './edition-shape.js';
import { publishedRules } from './store/drafts.js';
import { publishedEditions } from './store/edition-drafts.js';

export type CatalogueEdition = Edition<Entry>;
export type DisciplineLawRows = EditionedLaw<Entry, DisciplineRule>;
export type PublishedLaw = Published<Entry, DisciplineRule>;

/** Everything that was published by hand over the release. */
export async function publishedLaw(db: Queryable): Promise<PublishedLaw> {
  const [editions, rules] = [await publishedEditions(db), await publishedRules(db)];
  return {
    editions: editions.map(({ content, replaces }) => editionOfGiven(content, replaces)),
    rules,
  };
}

/** The closed lists and the rules of the release with what was published over them. */
export function rowsWith(seeds: Seeds, published: PublishedLaw): DisciplineLawRows {
  return withEditions<Entry, DisciplineRule>(
    {
      national: seeds['discipline-catalogue'],
      supplement: seeds['discipline-supplement'],
      constraint: seeds.constraints,
      rules: seeds['discipline-rules'],
    },
    published,
  );
}

export function seedsWith(seeds: Seeds, rows: DisciplineLawRows): Seeds {
  return {
    ...seeds,
    'discipline-catalogue': [...rows.national] as DisciplineMeasure[],
    'discipline-supplement': [...rows.supplement] as DisciplineSupplement[],
    constraints: [...rows.constraint] as Constraint[],
    'discipline-rules': [...rows.rules],
  };
}
