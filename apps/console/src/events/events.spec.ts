import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import {
  allContracts,
  asyncApiDocument,
  listingPublished,
  sampleEvent,
  type Schema,
  TOPICS,
} from '#contracts';
import { startConsole } from '../../specs/behind.js';
import { fieldsOf } from './fields.js';

let base: string;
let app: NestFastifyApplication;

beforeAll(async () => {
  ({ base, app } = await startConsole({ CHENGXIN_TOPIC_PREFIX: 'jilin' }));
});
afterAll(() => app.close());

describe('the events of this installation', () => {
  it('as an AsyncAPI document, with its topics', async () => {
    const answer = await fetch(`${base}/asyncapi.json`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(asyncApiDocument({ prefix: 'jilin' }))));
  });

  it('as a page that shows each of them, without scripts', async () => {
    const answer = await fetch(`${base}/events`);
    const page = await answer.text();
    for (const topic of TOPICS) expect(page).toContain(`<code>jilin.${topic}</code>`);
    for (const { type } of allContracts) {
      expect(page).toContain(`id="${type}"`);
      expect(page).toContain(`href="/schemas/${type}.json"`);
    }
    expect(page).not.toMatch(/<script|href="https?:/);
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'`);
  });

  it.each(allContracts)('$type: the schema that its dataschema names', async (contract) => {
    const event = sampleEvent(contract);
    const type = event.dataschema.replace('urn:chengxin:schema:', '');
    const schema = (await (await fetch(`${base}/schemas/${type}.json`)).json()) as { $id: string };
    expect(schema.$id).toBe(event.dataschema);
    const ajv = new Ajv({ allErrors: true });
    formats.default(ajv);
    const fits = ajv.compile(schema);
    expect([fits(event.data), fits.errors]).toEqual([true, null]);
    expect(fits({})).toBe(false);
  });

  it.each(['cn.chengxin.listing.forgotten.v1.json', 'x', '__proto__.json'])(
    'no schema %s: 404 with a cure',
    async (file) => {
      const answer = await fetch(`${base}/schemas/${file}`);
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ code: 'console.schema-unknown' }),
      ]);
    },
  );
});

describe('the fields of an event', () => {
  it('are listed with what they hold', () => {
    const fields = fieldsOf(listingPublished.data as unknown as Schema);
    const named = (name: string) => fields.find((field) => field.name === name);
    expect(named('termEndsOn')).toMatchObject({ what: 'date or null', required: true });
    expect(named('subject.kind')!.what).toMatch(/^one of: enterprise, /);
    expect(named('case.no')).toMatchObject({ what: 'text, at most 60 characters' });
    expect(named('case.no')!.description).toMatch(/case number/);
  });
});
