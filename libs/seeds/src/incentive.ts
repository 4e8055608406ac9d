import type { Seeded } from './basis.js';
import type { BusinessField } from './discipline.js';

/**
 * One incentive (守信激励措施) of the province: a benefit that a good grade or an honour brings, and that falls away
 * when its ground does. It may not limit the rights of others (ordinance art. 25).
 */
export interface IncentiveRule extends Seeded {
  id: string;
  zh: string;
  en: string;
  contentZh: string;
  content: string;
  /** In which kinds of business it shows. */
  fields: BusinessField[];
  /** Grades of one model that bring it; letters mean nothing across models. null = no grade does. */
  grades: { model: string; of: string[] } | null;
  /** Whether an honour on record brings it. */
  honours: boolean;
  /** Units by name, and lines: of each the department of the subject's city, else the provincial one. */
  executors: { units: string[]; ofSubjectsCity?: string[] };
}

/** Why a department may answer that it does not give an incentive. */
export interface IncentiveReason extends Seeded {
  code: string;
  zh: string;
  en: string;
}
