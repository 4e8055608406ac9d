import { loadAllSeeds, orderableById } from '#seeds';
import type { ListingInForce, RuleBook } from '../src/discipline/domain/allowed-actions.js';

export const seeds = loadAllSeeds();

/** Rules, catalogue and units as the seeds have them. */
export const seededBook: RuleBook = {
  rules: seeds['discipline-rules'],
  catalogue: orderableById(seeds),
  units: new Map(seeds.units.map((unit) => [unit.id, { ...unit, successor: unit.successor ?? null }])),
};

/** A listing of three years, unless told otherwise. */
export function listing(
  listType: string,
  conductKind: string,
  subjectKind: ListingInForce['subjectKind'],
  inForceOn: string,
  termEndsOn: string | null = '2027-11-14',
  region = '230000',
): ListingInForce {
  return { listType, conductKind, subjectKind, region, inForceOn, termEndsOn };
}
