import { allContracts } from './all-contracts.js';
import { type Contract, envelopeSchema, type Topic, TOPICS } from './contract.js';
import { BINDING, operations, type Part, reference } from './async-api-operations.js';
import { sampleEvent } from './sample-event.js';

/** Names the events of one installation. */
export interface AsyncApiOptions {
  /** what stands before each topic: `chengxin` in `chengxin.listings` */
  prefix: string;
  partitions?: number;
  replicas?: number;
}

export const TOPIC_HOLDS: Record<Topic, string> = {
  subjects: 'Who is known to the platform, and changes of name or division.',
  records: 'Credit records: accepted, corrected, withdrawn.',
  cases:
    'Clues, cases of listing before their decision, and requests and objections after it: for the bodies that decide.',
  listings: 'Listings as dishonest, from the decision to the last receipt after removal.',
  discipline: 'Discipline actions: ordered, answered, lifted.',
  grades: 'Grades, each with its cause and reasons.',
  measures: 'Progress on the 45 measures; the key is `measure-<no>`.',
  notices: 'Who was told what, with proof.',
  public: 'What everyone may know, already masked.',
};

const AUDIENCES = {
  restricted: 'for the bodies that decide the case only',
  government: 'for all government users',
  public: 'for everyone',
} as const;

const DESCRIPTION = `Every event is one fact, complete enough that no consumer must call back.

**Envelope.** CloudEvents 1.0, structured JSON in the value of the Kafka record. Records carry no headers, so a CloudEvents library that chooses the mode by the \`content-type\` header must be told that it is structured.

**Order.** The key is the id of the credit subject; of a clue, which names none yet, its own. \`sequence\` counts the events of one subject in one topic from 0000000001 without gap: a gap is a loss, a number already seen is a repetition.

**Delivery.** At least once: an event may come again with the same \`id\`.

**Versions.** Within a version only optional fields are added, so readers ignore what they do not know. Everything else is a new version with its own \`type\`.

**Schemas.** The schema of an event's \`data\` is named by its \`dataschema\`, \`urn:chengxin:schema:<type>\`, and served by the front door at \`/schemas/<type>.json\`.`;

const keyed = <T>(keys: readonly T[], value: (key: T) => [string, unknown]): Part =>
  Object.fromEntries(keys.map(value));

/**
 * The AsyncAPI 3.0 document of all events: a channel per topic, a message per event version, and for each
 * topic who sends and who receives. The same options give the same document, byte for byte.
 */
export function asyncApiDocument(options: AsyncApiOptions): Part {
  return {
    asyncapi: '3.0.0',
    id: 'urn:chengxin:events',
    info: {
      title: 'Chengxin 诚信: events',
      version: '1.0.0',
      description: DESCRIPTION,
      contact: { name: 'Chengxin', url: 'https://chengxin.example' },
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      tags: Object.entries(AUDIENCES).map(([name, description]) => ({ name, description })),
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      kafka: {
        host: '{broker}',
        protocol: 'kafka',
        description: 'Apache Kafka; the operator of the installation gives address and account.',
        variables: { broker: { default: 'kafka.chengxin.example:9092', description: 'host:port' } },
      },
    },
    channels: keyed(TOPICS, (topic) => [topic, channel(topic, options)]),
    operations: operations(options.prefix),
    components: { messages: keyed(allContracts, (contract) => [contract.type, message(contract)]) },
  };
}

function channel(topic: Topic, { prefix, partitions, replicas }: AsyncApiOptions): Part {
  const address = `${prefix}.${topic}`;
  return {
    address,
    title: topic,
    description: TOPIC_HOLDS[topic],
    servers: [reference('servers', 'kafka')],
    messages: keyed(eventsOf(topic), ({ type }) => [type, reference('components', 'messages', type)]),
    bindings: { kafka: { topic: address, partitions, replicas, bindingVersion: BINDING } },
  };
}

function message(contract: Contract): Part {
  const { type, description, audience } = contract;
  return {
    name: type,
    title: type.replace(/^cn\.chengxin\.(.+)\.v(\d+)$/, '$1, version $2'),
    summary: description,
    contentType: 'application/cloudevents+json',
    payload: envelopeSchema(contract),
    tags: [{ name: audience }],
    bindings: {
      kafka: {
        key: { type: 'string', minLength: 1, maxLength: 64, description: 'the attribute `subject`' },
        bindingVersion: BINDING,
      },
    },
    examples: [{ name: 'sample', payload: sampleEvent(contract) }],
  };
}

function eventsOf(topic: Topic): readonly Contract[] {
  return allContracts.filter((contract) => contract.topic === topic);
}
