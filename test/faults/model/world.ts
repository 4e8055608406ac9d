import { measureProgressReported } from '#contracts';
import { Chance } from './chance.js';
import { type ConsumerWay, Group, member, settleLane } from './consumer.js';
import { differences } from './differences.js';
import { operator } from './operator.js';
import { OutboxDatabase, type Row } from './outbox.js';
import { ownedRelay, type RelayWay } from './relay.js';
import { Process, Scheduler } from './scheduler.js';
import { type Message, Topic } from './topic.js';
import { publishUnderLock, type PublishWay, writer } from './writer.js';

/** Of what the world is made: the right parts, unless a planted mistake takes the place of one. */
export interface Ways {
  publish: PublishWay;
  relay: RelayWay;
  consumer: ConsumerWay;
}

export const rightWays: Ways = {
  publish: publishUnderLock,
  relay: ownedRelay(),
  consumer: { settleLane },
};

export interface Outcome {
  seed: number;
  steps: number;
  events: number;
  faults: number;
  /** what the faults brought about: changes of the shard's owner, messages that came again, dead letters */
  takeovers: number;
  repeats: number;
  letters: number;
  /** nothing when all is as it must be */
  differences: string[];
}

const KEYS = ['k-0', 'k-1', 'l-0'];
const PARTITIONS = 2;
const LONGEST = 60_000;

/** Lets one world run until all has been told and heard, under faults at first; the same seed does the same. */
export function runWorld(seed: number, ways: Ways = rightWays): Outcome {
  const chance = new Chance(seed);
  const scheduler = new Scheduler(chance);
  const database = new OutboxDatabase();
  const topic = new Topic(PARTITIONS, chance);
  let ids = 0;
  const eventId = (): string => `019a0000-0000-7000-8000-${(ids += 1).toString().padStart(12, '0')}`;
  for (let at = chance.between(2, 5); at > 0; at -= 1) {
    const parts = { database, chance, keys: KEYS, eventId };
    scheduler.add(new Process(`writer-${at}`, 'writer', () => [writer(parts, ways.publish)]));
  }
  scheduler.add(new Process('network', 'world', () => [topic.network()]));
  const relay = ways.relay({ database, topic, chance, messageOf });
  for (const name of ['relay-1', 'relay-2']) scheduler.add(new Process(name, 'relay', relay));

  const poisoned = chance.happens(0.3);
  let calm = false;
  const cuts = (): boolean => !calm && chance.happens(0.03);
  const groups = ['grading', 'notifications'].map((name) => {
    const group = new Group(name, [`${name}-1`, `${name}-2`], PARTITIONS);
    const poison = new Set(poisoned ? [1, 4].map((n) => idOf(chance.between(n, n + 8))) : []);
    const parts = { tables: group.tables, chance, poison, cuts };
    for (const each of group.members)
      scheduler.add(new Process(each, 'consumer', member(group, topic, ways.consumer, parts)));
    const byOperator = (process: Process) => [operator({ ...parts, process })];
    scheduler.add(new Process(`operator of ${name}`, 'consumer', byOperator));
    return group;
  });

  const foreign = poisoned && chance.happens(0.5);
  const rate = chance.pick([0, 0.005, 0.02, 0.05]);
  let faults = 0;
  for (let storm = chance.between(300, 1_500); storm > 0; storm -= 1) {
    if (chance.happens(rate)) {
      faults += 1;
      oneFault(chance, scheduler, database, groups);
    }
    if (foreign && chance.happens(0.002)) {
      const key = chance.pick(KEYS);
      topic.partitions[topic.partitionOf(key)]!.push({ key, value: 'no event of ours' });
    }
    scheduler.step();
  }
  calm = true;
  topic.calm = true;
  endStoppedOwner(scheduler, database);
  scheduler.calm();
  const end = scheduler.steps + LONGEST;
  while (scheduler.steps < end && scheduler.step());
  const restless = scheduler.steps >= end ? [`not at rest after ${LONGEST} steps`] : [];
  const messages = topic.partitions.flat().filter((message) => message.eventId !== undefined);
  return {
    seed,
    steps: scheduler.steps,
    events: database.committed.length,
    faults,
    takeovers: Math.max(0, database.relay.epoch - 1),
    repeats: messages.length - new Set(messages.map((message) => message.eventId)).size,
    letters: groups.reduce((sum, { tables }) => sum + tables.letters.size, 0),
    differences: [...restless, ...differences(database.committed, topic.partitions, groups)],
  };
}

function oneFault(
  chance: Chance,
  scheduler: Scheduler,
  database: OutboxDatabase,
  groups: readonly Group[],
): void {
  const mortal = scheduler.processes.filter(({ role }) => role === 'relay' || role === 'consumer');
  const victim = chance.pick(mortal);
  switch (chance.below(4)) {
    case 0:
      victim.kill();
      break;
    case 1:
      victim.stopped = !victim.stopped;
      break;
    case 2:
      chance.pick(groups).rebalance(chance);
      break;
    default:
      endStoppedOwner(scheduler, database);
  }
}

/** As Claims.balance: an owner that has fallen silent loses its session, and does not know it. */
function endStoppedOwner({ processes }: Scheduler, { holder }: OutboxDatabase): void {
  const owner = processes.find(({ name }) => name === holder?.owner);
  if (holder && owner?.stopped) holder.ended = true;
}

const idOf = (n: number): string => `019a0000-0000-7000-8000-${n.toString().padStart(12, '0')}`;

function messageOf({ key, eventId, sequence }: Row): Message {
  const event = {
    specversion: '1.0',
    sequence: String(sequence).padStart(10, '0'),
    id: eventId,
    type: measureProgressReported.type,
    source: measureProgressReported.source,
    subject: key,
    actor: 'system:model',
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    data: measureProgressReported.sample,
  };
  return { key, value: JSON.stringify(event), eventId, sequence };
}
