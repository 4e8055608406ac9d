import type { LocalDate } from '#kernel';
import type { Seeded } from './basis.js';
import type { ListKey } from './list-type.js';

/** One of the 45 measures of the provincial opinion; every Chinese string is exact, half-width marks included. */
export interface Measure extends Seeded {
  number: number;
  sectionNumber: number;
  section: string;
  title: string;
  titleEn: string;
  text: string;
  /** Unit strings as printed; `Unit.seedName` leads to the unit. Measure 39 has no lead. */
  leadUnits: string[];
  responsibleUnits: string[];
  /** 「2022年12月底前」 = on or before the last day of the month: overdue from the next day. */
  deadline: LocalDate;
  /** What kinds of mechanism the measure asks for, in our words. */
  mechanism: string;
  /** Lists that the measure names or implies. */
  lists: ListKey[];
}
