import { type Arrival, lookAt } from '../../../libs/messaging/src/inbox/arrival.js';
import { Settled } from '../../../libs/messaging/src/inbox/lanes.js';
import { measureProgressReported } from '#contracts';
import type { Chance } from './chance.js';
import { ConsumerTables } from './consumer-tables.js';
import { type Process, sideBySide, type Steps } from './scheduler.js';
import { settleAlone, settleTogether, type SettleParts } from './settle.js';
import type { Topic } from './topic.js';

/** What a consumer does with a lane of a batch, and when its offset counts as settled; mistakes stand here. */
export interface ConsumerWay {
  settleLane: (parts: SettleParts, lane: readonly Placed[], mark: (done: readonly Placed[]) => void) => Steps;
  /** offsets are committed as soon as the batch has come */
  offsetFirst?: boolean;
  /** the offset follows the furthest event that is settled, not the last before the first open one */
  overHoles?: boolean;
}

export interface Placed extends Arrival {
  index: number;
}

/** One consumer: its database, its committed offsets, and who of its members has which partition. */
export class Group {
  readonly tables = new ConsumerTables();
  readonly offsets: number[];
  readonly assigned: string[];
  generation = 0;

  constructor(
    readonly name: string,
    readonly members: readonly string[],
    partitions: number,
  ) {
    this.offsets = new Array<number>(partitions).fill(0);
    this.assigned = this.offsets.map((_, at) => members[at % members.length]!);
  }

  rebalance(chance: Chance): void {
    this.generation += 1;
    this.assigned.forEach((_, partition) => (this.assigned[partition] = chance.pick(this.members)));
  }
}

/** As together.ts first, then what is left one by one; chunks of up to four. */
export function* settleLane(
  parts: SettleParts,
  lane: readonly Placed[],
  mark: (done: readonly Placed[]) => void,
): Steps {
  for (let next = 0; next < lane.length;) {
    const limit = Math.min(lane.length, next + parts.chance.between(1, 4));
    let to = next;
    while (to < limit && lane[to]!.place && lane[to]!.reading.kind !== 'unfit') to += 1;
    const chunk = lane.slice(next, to);
    const odd = chunk.length > 0 ? yield* settleTogether(parts, chunk) : [lane[next]!];
    for (const arrival of odd) yield* settleAlone(parts, arrival);
    next = Math.max(next + 1, to);
    mark(lane.slice(0, next));
    yield;
  }
}

/** A member of the group: fetches, settles lanes side by side, commits offsets behind; may learn late of a rebalance. */
export function member(
  group: Group,
  topic: Topic,
  way: ConsumerWay,
  parts: Omit<SettleParts, 'process'>,
): (process: Process) => Steps[] {
  const { chance } = parts;
  return (process) => {
    const due = new Map<number, number>();
    let generation = -1;
    let positions: number[] = [];
    const mine = (): number[] =>
      group.assigned.flatMap((name, partition) => (name === process.name ? [partition] : []));
    const waiting = (): number[] =>
      mine().filter((partition) => positions[partition]! < topic.partitions[partition]!.length);
    const join = (): void => {
      generation = group.generation;
      positions = [...group.offsets];
      due.clear();
    };

    const work = function* (): Steps {
      join();
      for (;;) {
        yield () => generation !== group.generation || waiting().length > 0;
        if (generation !== group.generation) join();
        if (waiting().length === 0) continue;
        const partition = chance.pick(waiting());
        const from = positions[partition]!;
        const batch = topic.partitions[partition]!.slice(from, from + chance.between(1, 8));
        const arrivals = batch.map((message, index) => ({
          ...arrivalOf(message, partition, from + index),
          index,
        }));
        if (way.offsetFirst) due.set(partition, from + batch.length);
        const settled = new Settled(batch.length);
        const mark = (done: readonly Placed[]): void => {
          for (const { index } of done) {
            const until = way.overHoles ? index : settled.mark(index);
            const at = from + until + 1;
            positions[partition] = Math.max(positions[partition]!, at);
            if (generation === group.generation) due.set(partition, positions[partition]);
          }
        };
        yield;
        const lanes = [0, 1].map((lane) => arrivals.filter(({ key }) => laneOf(key) === lane));
        const busy = lanes.filter((lane) => lane.length > 0);
        yield* sideBySide(
          chance,
          busy.map((lane) => way.settleLane({ ...parts, process }, lane, mark)),
        );
      }
    };

    const commits = function* (): Steps {
      for (;;) {
        yield () => due.size > 0;
        const offsets = [...due];
        due.clear();
        const as = generation;
        yield;
        // The coordinator refuses a member of an earlier generation.
        if (as === group.generation) for (const [partition, at] of offsets) group.offsets[partition] = at;
      }
    };
    return [work(), commits()];
  };
}

const laneOf = (key: string | null): number => ((key ?? '').length + (key?.charCodeAt(0) ?? 0)) & 1;

function arrivalOf(message: { key: string; value: string }, partition: number, offset: number): Arrival {
  const origin = { topic: 'model.measures', partition, offset: String(offset) };
  const raw = { key: Buffer.from(message.key), value: Buffer.from(message.value) };
  return lookAt(raw, origin, 'measures', (type) => type === measureProgressReported.type);
}
