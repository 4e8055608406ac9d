import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { listingInForce, recordAccepted } from '#contracts';
import { type Publication, publishAll } from '#messaging';
import { Database } from '#platform';
import { Relay } from '../../libs/messaging/src/relay/relay.js';
import { openLoad, type Stamp } from '../latency/open-load.js';
import { clockUs } from '../harness/meter.js';
import { benchLogger, brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { DAY } from './service.js';

/* A service that tells what the measures service hears: decisions as listing does it, a bulk import as records does. */
const logger = benchLogger('teller');
const BULK_COMMIT = 100;
let database: Database;
let relay: Relay;
let importing: { stop: boolean; events: number; ended: Promise<void> } | undefined;

serve({
  start({ databaseUrl, prefix }: { databaseUrl: string; prefix: string }) {
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 10 }, logger);
    relay = new Relay({
      name: `bench teller ${process.pid}`,
      databaseUrl,
      database,
      brokers: { brokers: brokers(), clientId: `bench-teller-${process.pid}`, logger },
      prefix,
      prepareTopics: () => Promise.resolve(),
      onPublished: () => undefined,
      onProducerDiscarded: () => logger.error('producer discarded'),
    });
    relay.start();
  },
  owned: () => relay.owned.length,

  /** Decisions at a fixed rate, each in a commit of its own; a stamp is the case and the moment of its commit. */
  decide: ({ rate, decisions, list }: { rate: number; decisions: number; list: string }): Promise<Stamp[]> =>
    openLoad(rate, decisions, async () => {
      const decided = decision(list);
      await database.transaction((tx) => publishAll(tx, [decided]));
      return { id: decided.data.case.id, us: clockUs() };
    }),

  /** All of them in one commit, on as many subjects; `codes` names the subjects. */
  async decideTogether({ list, codes }: { list: string; codes: readonly string[] }): Promise<Stamp[]> {
    const all = codes.map((code) => decision(list, code));
    await database.transaction((tx) => publishAll(tx, all));
    const us = clockUs();
    return all.map(({ data }) => ({ id: data.case.id, us }));
  },

  /** Accepted records, a hundred in a commit, until told to stop. */
  beginImport({ rate }: { rate: number }) {
    const state = { stop: false, events: 0, ended: Promise.resolve() };
    importing = state;
    state.ended = (async () => {
      const began = clockUs();
      while (!state.stop) {
        const due = ((clockUs() - began) * rate) / 1e6;
        if (state.events < due) {
          await database.transaction((tx) => publishAll(tx, Array.from({ length: BULK_COMMIT }, record)));
          state.events += BULK_COMMIT;
        } else await sleep(1);
      }
    })();
  },
  async endImport(): Promise<number> {
    importing!.stop = true;
    await importing!.ended;
    return importing!.events;
  },
  async stop() {
    await relay.stop();
    await database.onApplicationShutdown();
  },
});

function decision(
  listType: string,
  code: string | null = null,
): Publication & { data: typeof listingInForce.sample } {
  const { sample } = listingInForce;
  const subject = { ...sample.subject, id: uuidv7(), kind: 'enterprise' as const, code, region: '230100' };
  const about = { ...sample.case, id: uuidv7(), listType, conductKind: 'samr.food' };
  return {
    contract: listingInForce,
    subject: subject.id,
    data: { ...sample, case: about, subject, inForceOn: DAY, termEndsOn: '2027-11-14' },
  };
}

function record(): Publication {
  const { sample } = recordAccepted;
  const subject = { ...sample.subject, id: uuidv7() };
  return {
    contract: recordAccepted,
    subject: subject.id,
    data: { record: { ...sample.record, id: uuidv7() }, subject },
  };
}
