import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '#testing';
import { type Fault, owner, takeover } from './fault.js';
import type { LineUp } from './line-up.js';
import { PRODUCE } from '../../libs/messaging/specs/proxy.js';
import { anotherServer, serversAreOurs } from './server.js';

/** The broker out of reach while the load goes on; in every tenth of that time commits must be answered. */
async function away(lineUp: LineUp, ms: number): Promise<string> {
  const { kafka, acknowledged } = lineUp;
  const before = acknowledged.size;
  kafka.block();
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    const so = acknowledged.size;
    await sleep(ms / 10);
    if (acknowledged.size === so) throw new Error(`no commit was answered in tenth ${tenth} of the time`);
  }
  kafka.restore();
  return `${acknowledged.size - before} events accepted meanwhile`;
}

/**
 * A produce request is held on its way until its producer has been replaced and newer events lie in the topic;
 * then it arrives. With `frozen`, its whole process is stopped and its shards taken over; otherwise its producer
 * gives it up by itself and sends the batch again.
 */
async function delayed(lineUp: LineUp, frozen: boolean): Promise<string> {
  const { kafka, journal } = lineUp;
  const sender = owner(lineUp);
  if (frozen) {
    // Its own transactions would keep their subjects locked while it is stopped: only the other one writes.
    sender.tell({ load: 0 });
    await eventually(() => (sender.open === 0 ? undefined : Promise.reject(new Error('still writing'))), {
      within: 60_000,
    });
  }
  let held = 0;
  kafka.onRequest = ({ api, client }) => {
    if (api !== PRODUCE || client !== sender.name || held > 0) return 'pass';
    held += 1;
    if (frozen) sender.freeze();
    return 'hold';
  };
  try {
    await eventually(() => (held > 0 ? undefined : Promise.reject(new Error('nothing was sent'))), {
      within: 60_000,
    });
    if (frozen) await takeover(lineUp, sender);
    else await sleep(4_000);
    const before = journal.messages.length;
    await eventually(
      () => {
        if (journal.messages.length < before + 100) throw new Error('nothing newer was published');
      },
      { within: 60_000 },
    );
    await kafka.release();
  } finally {
    sender.thaw();
  }
  await sleep(1_000);
  return 'one request arrived behind newer ones';
}

export const brokerFaults: readonly Fault[] = [
  {
    name: 'connections to the broker cut',
    async happen({ kafka, chance }) {
      for (let times = 0; times < 5; times += 1) {
        kafka.cut();
        await sleep(chance.between(300, 1_200));
      }
    },
  },
  { name: 'broker away for 6 s, intake going on', happen: (lineUp) => away(lineUp, 6_000) },
  { name: 'broker away for 60 s, intake going on', long: true, happen: (lineUp) => away(lineUp, 60_000) },
  {
    name: 'connections to the broker open but silent',
    async happen({ kafka }) {
      kafka.silence();
      await sleep(9_000);
    },
  },
  {
    name: 'produce responses dropped',
    leaves: 'repeats',
    async happen({ kafka }) {
      let answers = 0;
      let dropped = 0;
      kafka.onAnswer = ({ api }) => {
        if (api !== PRODUCE || (answers += 1) % 7 !== 3) return 'pass';
        dropped += 1;
        return 'drop';
      };
      await sleep(8_000);
      await eventually(() => (dropped >= 3 ? undefined : Promise.reject(new Error(`${dropped} dropped`))), {
        within: 60_000,
      });
      return `${dropped} of ${answers} responses dropped`;
    },
  },
  {
    name: 'produce requests arrive twice',
    async happen({ kafka }) {
      let requests = 0;
      kafka.onRequest = ({ api }) => {
        if (api !== PRODUCE) return 'pass';
        requests += 1;
        return 'twice';
      };
      await sleep(5_000);
      await eventually(
        () => (requests >= 10 ? undefined : Promise.reject(new Error(`${requests} requests doubled`))),
        { within: 60_000 },
      );
      return `${requests} requests doubled`;
    },
  },
  {
    name: 'request delayed and delivered after the producer was replaced',
    leaves: 'repeats',
    happen: (lineUp) => delayed(lineUp, false),
  },
  {
    name: 'request delayed and delivered after the shard was taken over',
    leaves: 'repeats',
    happen: (lineUp) => delayed(lineUp, true),
  },
  {
    name: 'broker slow by 150 ms',
    async happen({ kafka }) {
      kafka.delayMs = 150;
      await sleep(4_000);
    },
  },
  ...(serversAreOurs
    ? [
        { name: 'broker restarted', happen: (lineUp: LineUp) => anotherServer('kafka', 'SIGTERM', lineUp) },
        {
          name: 'broker killed (kill -9)',
          happen: (lineUp: LineUp) => anotherServer('kafka', 'SIGKILL', lineUp),
        },
      ]
    : []),
];
