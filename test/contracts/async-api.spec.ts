import { type AsyncAPIDocumentInterface, DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { allContracts, asyncApiDocument, HEARERS, sampleEvent, TOPICS } from '#contracts';

const ajv = new Ajv({ strict: false }); // the parser adds keywords of its own
formats.default(ajv);

const text = (): string =>
  JSON.stringify(asyncApiDocument({ prefix: 'chengxin', partitions: 12, replicas: 3 }));

type Raw = ReturnType<typeof JSON.parse>;

/** The official parser with all its rules. */
const parse = async (document: Raw) => new Parser().parse(JSON.stringify(document));

let document: AsyncAPIDocumentInterface;

describe('the AsyncAPI document', () => {
  it('is read by the official parser without error or remark', async () => {
    const parsed = await parse(JSON.parse(text()));
    // Its one remark on ours: that 3.1 has come out since.
    expect(parsed.diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([]);
    document = parsed.document!;
    expect([document.version(), document.info().license()!.name()]).toEqual(['3.0.0', 'Apache-2.0']);
  });

  it.each<[string, (document: Raw) => void, RegExp]>([
    [
      'a payload that is no schema',
      (d) => (firstMessage(d).payload.type = 'text'),
      /asyncapi3?-(schemas|payload|document)/,
    ],
    ['a message that is not there', (d) => delete d.components.messages[FIRST], /invalid-ref/],
    ['a send without channel', (d) => delete d.operations['records-sends-subjects'].channel, /asyncapi/],
  ])('would not pass with %s', async (_, spoil, fault) => {
    const spoilt: Raw = JSON.parse(text());
    spoil(spoilt);
    const { diagnostics } = await parse(spoilt);
    const errors = diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);
    expect(errors.map(({ code }) => code).join()).toMatch(fault);
  });

  it('has a channel per topic with exactly its events, keyed by the subject', () => {
    const channels = document!.channels().all();
    expect(channels.map((channel) => channel.address())).toEqual(TOPICS.map((topic) => `chengxin.${topic}`));
    for (const channel of channels) {
      const ofTopic = allContracts.filter(({ topic }) => topic === channel.id());
      expect(
        channel
          .messages()
          .all()
          .map((message) => message.name()),
      ).toEqual(ofTopic.map(({ type }) => type));
      expect(channel.bindings().get('kafka')!.value()).toMatchObject({
        topic: channel.address(),
        partitions: 12,
        replicas: 3,
      });
    }
  });

  it('shows each event whole: payload, example, audience', () => {
    for (const contract of allContracts) {
      const message = document!.components().messages().get(contract.type)!;
      expect(message.contentType()).toBe('application/cloudevents+json');
      expect(message.payload()!.id()).toBe(`urn:chengxin:event:${contract.type}`);
      expect(
        message
          .examples()
          .all()
          .map((example) => example.payload()),
      ).toEqual([sampleEvent(contract)]);
      expect(
        message
          .tags()
          .all()
          .map((tag) => tag.name()),
      ).toEqual([contract.audience]);
      expect(message.bindings().get('kafka')!.value()).toMatchObject({ key: { type: 'string' } });
    }
  });

  it('says who sends and who hears each event', () => {
    const told = document!
      .operations()
      .all()
      .flatMap((operation) =>
        operation
          .messages()
          .all()
          .map((message) => `${operation.id()!.split('-')[0]} ${operation.action()} ${message.name()}`),
      );
    const sent = allContracts.map(({ source, type }) => `${source.slice(1)} send ${type}`);
    const heard = Object.entries(HEARERS).flatMap(([service, events]) =>
      events.map(({ type }) => `${service} receive ${type}`),
    );
    expect(told.sort()).toEqual([...sent, ...heard].sort());
  });

  it('is the same every time, and follows the prefix', () => {
    expect(text()).toBe(text());
    const other = JSON.stringify(asyncApiDocument({ prefix: 'jilin' }));
    expect(other).toContain('"address":"jilin.listings"');
    expect(other).toContain('"enum":["jilin.records"]');
  });
});

const FIRST = allContracts[0]!.type;

function firstMessage({ components }: Raw): Raw {
  return components.messages[FIRST];
}
