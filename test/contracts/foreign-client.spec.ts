import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allContracts, contractOf, dataSchema, sampleEvent, sampleSubject, TOPICS } from '#contracts';
import { publishAll } from '#messaging';
import { openStage, type Stage } from '../../libs/messaging/specs/stage.js';
import { type Line, readByConsole } from './console-consumer.js';
import { faultsOfMessage } from './foreign-reading.js';

/* Every event of every topic, through the real outbox and relay, read by Kafka's own client. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(TOPICS);
  await stage.database.db.transaction((tx) =>
    publishAll(
      tx,
      allContracts.map((contract) => ({ contract, subject: sampleSubject(contract), data: contract.sample })),
    ),
  );
  stage.relay('relay').start();
});
afterAll(() => stage.strike());

const schemaNamed = (dataschema: string): Promise<object> => {
  const contract = contractOf(dataschema.replace('urn:chengxin:schema:', ''));
  return Promise.resolve(JSON.parse(JSON.stringify(dataSchema(contract!))) as object);
};

describe('a foreign client', () => {
  it.each(TOPICS)(
    'reads the whole topic %s',
    async (topic) => {
      const told = allContracts.filter((contract) => contract.topic === topic);
      const lines = await readByConsole(stage.brokers[0]!, [`${stage.prefix}.${topic}`], told.length);
      const types = lines.map(({ value }) => (JSON.parse(value) as { type: string }).type);
      expect(types.sort()).toEqual(told.map(({ type }) => type).sort());
      for (const line of lines) expect(await faultsOfMessage(line, schemaNamed)).toEqual([]);
    },
    120_000,
  );

  it('would say what is wrong', async () => {
    const [contract] = allContracts;
    const good = sampleEvent(contract!);
    const line = (change: object): Line => ({
      key: good.subject,
      value: JSON.stringify({ ...good, ...change }),
    });
    const faults = (change: object) => faultsOfMessage(line(change), schemaNamed);
    expect(await faults({})).toEqual([]);
    expect(await faults({ source: '' })).toEqual([expect.stringContaining('source')]);
    expect(await faults({ traceParent: 'x' })).toEqual([expect.stringContaining('attribute traceParent')]);
    expect(await faults({ subject: 'another' })).toEqual([expect.stringContaining('is not the subject')]);
    expect(await faults({ data: {} })).toEqual([expect.stringContaining('required property')]);
    expect(await faults({ actor: 'person:23010019900307001X' })).toEqual([
      expect.stringContaining('a number of a person'),
    ]);
    expect(await faults({ actor: 'person:13945678901' })).toEqual([
      expect.stringContaining('a number of a person'),
    ]);
  });
});
