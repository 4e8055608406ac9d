import type { Schema } from './schema-alternatives.js';
import { type Refusal, refusals } from './schema-refusals.js';

/** Whose reading fails: that of an earlier release when new events arrive, of a later one with old events. */
export type Breaks = 'old readers' | 'new readers' | 'both';

export interface Change {
  /** where in the event: `data.basis[].article` */
  path: string;
  what: string;
  breaks: Breaks;
}

/** Every change from `old` to `now` by which one side's reader can refuse what the other side's sender sends. */
export function breakingChanges(old: Schema, now: Schema): Change[] {
  const found = new Map<string, Change>();
  const note = (breaks: Breaks, { path }: Refusal, what: string): void => {
    const change = found.get(`${path}: ${what}`) ?? { path, what, breaks };
    found.set(`${path}: ${what}`, { ...change, breaks: change.breaks === breaks ? breaks : 'both' });
  };
  for (const refusal of refusals(now, old, true)) note('old readers', refusal, came(refusal));
  for (const refusal of refusals(old, now, false)) note('new readers', refusal, went(refusal));
  return [...found.values()];
}

/** What an old reader refuses: something came that it does not know, or something is gone that it needs. */
function came(refusal: Refusal): string {
  const { condition, sent, read } = refusal;
  if (condition === 'dropped') return 'removed';
  if (condition === 'absent') return 'was required, is optional';
  if (condition === 'additionalProperties')
    return sent ? 'added to a closed object' : 'opened to further fields';
  if (condition === 'value') return `may now be ${listed(sent)}`;
  if (condition === 'kind') return `may now be ${String(sent)}`;
  return became(condition, read, sent);
}

/** What a new reader refuses of old events: it wants what was not sent, or no longer takes what was. */
function went(refusal: Refusal): string {
  const { condition, sent, read } = refusal;
  if (condition === 'absent') return sent ? 'was optional, is required' : 'added, and required';
  if (condition === 'additionalProperties') return sent ? 'refused as unknown' : 'closed to further fields';
  if (condition === 'value') return `may no longer be ${listed(sent)}`;
  if (condition === 'kind') return `may no longer be ${String(sent)}`;
  return became(condition, sent, read);
}

function became(condition: string, old: unknown, now: unknown): string {
  if (condition === 'schema') return 'changed in a way that is not understood';
  const text = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
  return `${condition} ${text(old)} became ${text(now)}`;
}

function listed(values: unknown): string {
  return (values as unknown[]).map((value) => JSON.stringify(value)).join(', ');
}
