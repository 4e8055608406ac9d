import type { Told } from './journal.js';

/** What the producer committed: the table `fact`, written in the transaction of the events. */
export interface Fact {
  id: string;
  subject: string;
  sequence: number;
}

/** What a consumer has done, in the order of its commits. */
export interface Done {
  consumer: string;
  effects: readonly Fact[];
  /** what the row of each subject shows */
  state: ReadonlyMap<string, number>;
  openLetters: number;
  parked: number;
  blocked: number;
}

export interface Evidence {
  facts: readonly Fact[];
  /** ids whose commit was answered */
  acknowledged: ReadonlySet<string>;
  messages: readonly Told[];
  consumers: readonly Done[];
}

const isForeign = (key: string): boolean => key.startsWith('foreign');

/** Compares journal, topic and the tables of every consumer as sets; empty when all is as it must be. */
export function compare({ facts, acknowledged, messages, consumers }: Evidence): string[] {
  const ids = new Set(facts.map(({ id }) => id));
  const ours = messages.filter(({ key, id }) => !isForeign(key) && id !== '');
  const told = new Set(ours.map(({ id }) => id));
  return [
    ...some('acknowledged, but not committed', minus(acknowledged, ids)),
    ...some('committed, but not in the topic', minus(ids, told)),
    ...some('in the topic, but never committed', minus(told, ids)),
    ...some('out of order in the topic', outOfOrder(ours)),
    ...consumers.flatMap((done) => ofConsumer(done, facts, ids)),
  ];
}

function ofConsumer(done: Done, facts: readonly Fact[], ids: ReadonlySet<string>): string[] {
  const { consumer, state, openLetters, parked, blocked } = done;
  const effects = done.effects.filter(({ subject }) => !isForeign(subject));
  const times = new Map<string, number>();
  for (const { id } of effects) times.set(id, (times.get(id) ?? 0) + 1);
  const heads = new Map<string, number>();
  for (const { subject, sequence } of facts) heads.set(subject, Math.max(heads.get(subject) ?? 0, sequence));
  const last = new Map<string, number>();
  const late: string[] = [];
  for (const { subject, sequence } of effects) {
    if (sequence !== (last.get(subject) ?? 0) + 1)
      late.push(`${subject} #${sequence} after #${last.get(subject) ?? 0}`);
    last.set(subject, sequence);
  }
  const stale = [...heads]
    .filter(([subject, head]) => state.get(subject) !== head)
    .map(([subject]) => subject);
  const undone = [openLetters, parked, blocked].some((count) => count > 0);
  return [
    ...some(`${consumer}: without effect`, minus(ids, new Set(times.keys()))),
    ...some(`${consumer}: effect without event`, minus(new Set(times.keys()), ids)),
    ...some(
      `${consumer}: more than one effect`,
      [...times].filter(([, count]) => count > 1).map(([id]) => id),
    ),
    ...some(`${consumer}: effects out of order`, late),
    ...some(`${consumer}: rows that do not show the newest`, stale),
    ...(undone
      ? [`${consumer}: ${openLetters} letters open, ${parked} parked, ${blocked} subjects blocked`]
      : []),
  ];
}

/** Repetitions and late copies left aside, each subject's events lie without a hole from the first. */
export function outOfOrder(messages: readonly Pick<Told, 'key' | 'sequence'>[]): string[] {
  const last = new Map<string, number>();
  const found: string[] = [];
  for (const { key, sequence } of messages) {
    const before = last.get(key) ?? 0;
    if (sequence > before + 1) found.push(`${key} #${sequence} after #${before}`);
    last.set(key, Math.max(before, sequence));
  }
  return found;
}

function minus(from: ReadonlySet<string>, what: ReadonlySet<string>): string[] {
  return [...from].filter((each) => !what.has(each));
}

function some(what: string, which: readonly string[]): string[] {
  return which.length === 0 ? [] : [`${which.length} ${what}: ${which.slice(0, 3).join(', ')}`];
}
