import {
  type CloudEvent,
  type ContractRegistry,
  faultsOf,
  platformContracts,
  type Topic,
  UpgradeFault,
} from '#contracts';
import { PermanentFault } from './classify.js';

/** A message as it lay in Kafka. */
export interface Origin {
  topic: string;
  partition: number;
  offset: string;
}

/** A message that has been looked at. */
export interface Arrival {
  origin: Origin;
  /** short name of the topic */
  topic: Topic;
  key: string | null;
  raw: Buffer;
  /** its place in the order of the subject; absent when that could not be read */
  place?: { id: string; sequence: number };
  type?: string;
  traceparent?: string;
  reading:
    /** in the version that is heard, whichever was sent */
    | { kind: 'heard'; event: CloudEvent }
    /** a known event that this service does not hear: it only moves the position */
    | { kind: 'passed' }
    | { kind: 'unfit'; fault: PermanentFault };
}

/** Bytes. Subjects of ours have 64 characters at most; a row of an index takes 2,704 bytes, of which the key is a part. */
const LONGEST_SUBJECT = 1_000;

/** Whether a message's key can be a subject here: neither PostgreSQL's text nor its indexes take every key of Kafka. */
export function isSubject(key: string): boolean {
  return !key.includes('\u0000') && Buffer.byteLength(key) <= LONGEST_SUBJECT;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SEQUENCE = /^\d{10}$/;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * Looks at a message: is it an event of ours, which, and does this service hear it? Never throws; what is
 * wrong is part of the answer, because the order of the subject decides what happens with it.
 */
export function lookAt(
  message: { key: Buffer | null; value: Buffer | null },
  origin: Origin,
  topic: Topic,
  hears: (type: string) => boolean,
  contracts: ContractRegistry = platformContracts,
): Arrival {
  const raw = message.value ?? Buffer.alloc(0);
  const key = message.key?.toString('utf8') ?? null;
  const arrival = { origin, topic, key, raw };
  const unfit = (
    cause: ConstructorParameters<typeof PermanentFault>[0],
    text: string,
    known: Partial<Arrival> = {},
  ): Arrival => ({
    ...arrival,
    ...known,
    reading: { kind: 'unfit', fault: new PermanentFault(cause, text) },
  });

  const event = parse(raw);
  if (!event) return unfit('unreadable', 'the value is not a JSON object');
  const faults = envelopeFaults(event, key);
  if (faults.length > 0) return unfit('unreadable', `not a CloudEvent of ours: ${faults.join('; ')}`);

  const place = { id: event.id, sequence: Number(event.sequence) };
  const known = { place, type: event.type, traceparent: event.traceparent };
  const contract = contracts.of(event.type);
  if (!contract) return unfit('unknown-type', `no contract for ${event.type}`, known);
  if (contract.topic !== topic)
    return unfit('unknown-type', `${event.type} does not belong to the topic ${topic}`, known);
  if (!contracts.isHeard(event.type, hears)) return { ...arrival, ...known, reading: { kind: 'passed' } };
  const misfits = faultsOf(contract, event.data);
  if (misfits.length > 0) return unfit('unfit-data', misfits.slice(0, 10).join('; '), known);
  try {
    return { ...arrival, ...known, reading: { kind: 'heard', event: contracts.asHeard(event, hears) } };
  } catch (error) {
    if (error instanceof UpgradeFault) return unfit('unfit-data', error.message, known);
    throw error;
  }
}

function parse(raw: Buffer): CloudEvent | undefined {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as CloudEvent)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Checked by hand, not by schema: it is done for every message of every topic, heard or not. */
function envelopeFaults(event: CloudEvent, key: string | null): string[] {
  const faults: string[] = [];
  if (event.specversion !== '1.0') faults.push('specversion is not 1.0');
  if (!UUID.test(event.id)) faults.push('id is not a UUID');
  if (typeof event.type !== 'string') faults.push('type is missing');
  if (!SEQUENCE.test(event.sequence) || Number(event.sequence) < 1)
    faults.push('sequence is not ten digits from 1');
  if (typeof event.subject !== 'string' || event.subject === '') faults.push('subject is missing');
  else if (event.subject !== key) faults.push('subject is not the key of the message');
  else if (!isSubject(key)) faults.push('subject is longer than any of ours, or holds a NUL');
  if (typeof event.actor !== 'string') faults.push('actor is missing');
  if (!TRACEPARENT.test(event.traceparent)) faults.push('traceparent is not a W3C trace');
  return faults;
}
