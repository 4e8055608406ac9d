import { type Static, type TObject, Type, type TSchema } from '@sinclair/typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** Who may read an event: the deciding bodies only, all government users, or everyone. */
export type Audience = 'restricted' | 'government' | 'public';

/**
 * Topics by context and by who may read them, without the prefix of the installation (`chengxin.listings`): a broker
 * gives rights by topic, so what is restricted lies on `cases`, what everyone may know on `public`.
 */
export const TOPICS = [
  'subjects',
  'records',
  'cases',
  'listings',
  'discipline',
  'grades',
  'measures',
  'notices',
  'public',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * One version of one event: the type, its data, the JSON Schema and a frozen sample from one place.
 * Old versions stay here as long as any log still holds them.
 */
export interface Contract<Data extends TObject = TObject> {
  /** `cn.chengxin.<context>.<past tense>.v<n>` */
  readonly type: string;
  readonly source: string;
  readonly topic: Topic;
  readonly audience: Audience;
  /** One sentence: which fact it tells. */
  readonly description: string;
  readonly data: Data;
  /** What a producer of this version really sent; specs keep it readable for ever. */
  readonly sample: Static<Data>;
  /** From version 2 on: how the data of the version before is read as data of this one. */
  readonly upgrades?: Upgrade<Static<Data>>;
}

export type DataOf<C extends Contract> = Static<C['data']>;

/** Reads an old event as the next version would tell it; made by {@link upgradeFrom}. */
export interface Upgrade<Data> {
  readonly from: Contract;
  readonly read: (old: never) => Data;
}

/**
 * @param read a pure function that has an answer for all data that the old contract allows: what the old
 *   version did not tell is told as unknown, never guessed
 */
export function upgradeFrom<Old extends Contract, Data>(
  from: Old,
  read: (old: DataOf<Old>) => Data,
): Upgrade<Data> {
  return { from, read };
}

/** CloudEvents 1.0 in structured JSON, with the `sequence`, `traceparent`, `audience` and `actor` extensions. */
export interface CloudEvent<Data = unknown> {
  specversion: '1.0';
  id: string;
  type: string;
  source: string;
  /**
   * id of the credit subject, of a clue, which names none yet, its own; also the Kafka key. Never an ID number, phone
   * or name
   */
  subject: string;
  /** place in the order of (topic, subject), ten digits, without gap from 0000000001 */
  sequence: string;
  time: string;
  datacontenttype: 'application/json';
  dataschema: string;
  traceparent: string;
  audience: Audience;
  /** `person:<id>@<unit>` or `system:<id>@<unit>` */
  actor: string;
  data: Data;
}

export type EventOf<C extends Contract> = CloudEvent<DataOf<C>>;

const TYPE = /^cn\.chengxin\.[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/;

export function defineEvent<Data extends TObject>(contract: Contract<Data>): Contract<Data> {
  if (!TYPE.test(contract.type))
    throw new Error(`event type ${contract.type} is not cn.chengxin.<context>.<past tense>.v<n>`);
  return Object.freeze(contract);
}

const ajv = new Ajv({ allErrors: true });
formats.default(ajv);
const validators = new WeakMap<TSchema, ValidateFunction>();

/**
 * Checks data against its contract. Unknown fields pass: a newer producer may send more.
 *
 * @returns the faults, empty when the data fits
 */
export function faultsOf(contract: Contract, data: unknown): string[] {
  let validate = validators.get(contract.data);
  if (!validate) {
    validate = ajv.compile(contract.data);
    validators.set(contract.data, validate);
  }
  if (validate(data)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || '(data)'} ${error.message ?? error.keyword}`,
  );
}

/**
 * Names the JSON Schema of an event's data (CloudEvents `dataschema`). A name and no address: events outlive the
 * hosts of an installation, and the same event is the same in each. The front door serves it at
 * `/schemas/<type>.json`.
 */
export function schemaUri(contract: Pick<Contract, 'type'>): string {
  return `urn:chengxin:schema:${contract.type}`;
}

/** The JSON Schema (draft 07) of the data of an event, under the name that its `dataschema` gives. */
export function dataSchema(contract: Contract): TSchema {
  const { type: title, description, data } = contract;
  const $schema = 'http://json-schema.org/draft-07/schema#';
  return { $schema, $id: schemaUri(contract), title, description, ...data };
}

/** The JSON Schema of a whole event: CloudEvents attributes and the data of this contract. */
export function envelopeSchema(contract: Contract): TSchema {
  return Type.Object(
    {
      specversion: Type.Literal('1.0'),
      id: Type.String({ format: 'uuid' }),
      type: Type.Literal(contract.type),
      source: Type.Literal(contract.source),
      subject: Type.String({ minLength: 1, maxLength: 64 }),
      sequence: Type.String({ pattern: '^\\d{10}$' }),
      time: Type.String({ format: 'date-time' }),
      datacontenttype: Type.Literal('application/json'),
      dataschema: Type.Literal(schemaUri(contract)),
      traceparent: Type.String({ pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' }),
      audience: Type.Literal(contract.audience),
      actor: Type.String({ minLength: 1, maxLength: 200 }),
      data: contract.data,
    },
    { $id: `urn:chengxin:event:${contract.type}`, title: contract.type, description: contract.description },
  );
}
