import type { CloudEvent } from '#contracts';

/** Services that have an outbox, an inbox or both. */
export const SERVICES = ['records', 'listing', 'measures', 'grading', 'notifications'] as const;
export type Service = (typeof SERVICES)[number];

/** Any event of ours, as it lies in its topic. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each type has its own data; the checker walks them by name
export type Told = CloudEvent<any> & { topic: string };

/** What was answered to clients and what a subscriber got, beside what the services hold. */
export interface Outside {
  /** records whose acceptance was answered */
  accepted: readonly string[];
  /** events that the webhook subscriber got */
  delivered: readonly string[];
}
