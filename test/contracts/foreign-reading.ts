import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Line } from './console-consumer.js';

/*
 * What a stranger checks of a message who has the CloudEvents specification, its JSON Schema and our schema by the
 * name in `dataschema`; nothing here is imported from the platform.
 *
 * cloudevents.schema.json: github.com/cloudevents/spec, cloudevents/formats/cloudevents.json, commit c2845a49, Apache-2.0.
 */

const ajv = new Ajv({ allErrors: true, strict: false });
formats.default(ajv);
const isCloudEvent = ajv.compile(
  JSON.parse(readFileSync(new URL('./cloudevents.schema.json', import.meta.url), 'utf8')) as object,
);
const known = new Map<string, ValidateFunction>();

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TRACE = /00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/g;
/** Citizen numbers of GB 11643 by their date of birth, and mobile numbers. */
const OF_PERSONS = [
  /(?<!\d)\d{6}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dX](?!\d)/i,
  /(?<!\d)1[3-9]\d{9}(?!\d)/,
];

/** @returns what is wrong with a message; empty when a stranger can read it */
export async function faultsOfMessage(
  { key, value }: Line,
  schemaNamed: (dataschema: string) => Promise<object>,
): Promise<string[]> {
  const event = JSON.parse(value) as Record<string, unknown>;
  const faults: string[] = [];
  const check = (validate: ValidateFunction, what: unknown): void => {
    if (!validate(what)) faults.push(ajv.errorsText(validate.errors));
  };
  check(isCloudEvent, event);
  // Specification 1.0.2, naming of attributes: lower-case letters and digits; at most 20 characters is advised.
  for (const name of Object.keys(event)) if (!/^[a-z0-9]{1,20}$/.test(name)) faults.push(`attribute ${name}`);
  if (event['specversion'] !== '1.0') faults.push('specversion');
  if (event['subject'] !== key) faults.push(`key ${key} is not the subject ${String(event['subject'])}`);
  const dataschema = String(event['dataschema']);
  if (!known.has(dataschema)) known.set(dataschema, ajv.compile(await schemaNamed(dataschema)));
  check(known.get(dataschema)!, event['data']);
  const text = value.replaceAll(UUID, '').replaceAll(TRACE, '');
  for (const pattern of OF_PERSONS) {
    const found = pattern.exec(text);
    if (found) faults.push(`a number of a person: ${found[0]}`);
  }
  return faults.map((fault) => `${String(event['type'])}: ${fault}`);
}
