import type { Group } from './consumer.js';
import type { Written } from './outbox.js';
import type { Message } from './topic.js';

/** Compares what was committed, what lies in the topic and what the consumers have done; empty when all is well. */
export function differences(
  committed: readonly Written[],
  partitions: readonly (readonly Message[])[],
  groups: readonly Group[],
): string[] {
  const order: string[] = [];
  const found: string[] = [];
  const ids = new Set(committed.map(({ eventId }) => eventId));
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const { key, eventId, sequence } of partitions.flat()) {
    if (eventId === undefined || sequence === undefined) continue;
    seen.add(eventId);
    if (!ids.has(eventId)) found.push(`published without having been committed: ${key} #${sequence}`);
    const before = last.get(key) ?? 0;
    if (sequence > before + 1) order.push(`order: ${key} #${sequence} lies behind #${before}`);
    last.set(key, Math.max(before, sequence));
  }
  for (const { id, key, sequence, eventId } of committed)
    if (!seen.has(eventId)) found.push(`lost before the topic: ${key} #${sequence}, outbox id ${id}`);
  return [...found, ...order, ...groups.flatMap((group) => ofGroup(group, committed))];
}

function ofGroup({ name, tables }: Group, committed: readonly Written[]): string[] {
  const found: string[] = [];
  const times = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { key, eventId, sequence } of tables.effects) {
    times.set(eventId, (times.get(eventId) ?? 0) + 1);
    if (sequence <= (last.get(key) ?? 0))
      found.push(`${name}: effect of ${key} #${sequence} came late or again`);
    last.set(key, sequence);
  }
  for (const { eventId, key, sequence } of committed) {
    const effects = times.get(eventId) ?? 0;
    if (effects !== 1) found.push(`${name}: ${effects} effects of ${key} #${sequence}`);
    times.delete(eventId);
  }
  for (const eventId of times.keys()) found.push(`${name}: effect without event ${eventId}`);
  for (const [key, sequence] of heads(committed))
    if (tables.state.get(key) !== sequence)
      found.push(`${name}: the row of ${key} shows #${tables.state.get(key)}, not #${sequence}`);
  if (tables.gapsNoticed > 0) found.push(`${name}: ${tables.gapsNoticed} gaps noticed`);
  const open = [...tables.letters.values()].filter(({ state }) => state === 'open').length;
  const parked = [...tables.parked.values()].reduce((sum, each) => sum + each.size, 0);
  if (open + parked > 0) found.push(`${name}: ${open} letters open, ${parked} events parked`);
  return found;
}

function heads(committed: readonly Written[]): Map<string, number> {
  const heads = new Map<string, number>();
  for (const { key, sequence } of committed) heads.set(key, Math.max(heads.get(key) ?? 0, sequence));
  return heads;
}
