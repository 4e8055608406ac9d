import type { ClueRef } from './clues.js';
import { type CloudEvent, type Contract, type DataOf, type EventOf, schemaUri } from './contract.js';
import type { measureProgressReported } from './measures.js';
import { samples } from './parts.js';

/**
 * The whole event as a consumer would meet it, around the frozen sample: for documents and specs. Always the
 * same; nothing in it was ever published.
 */
export function sampleEvent<C extends Contract>(contract: C): EventOf<C> {
  const event: CloudEvent<DataOf<C>> = {
    specversion: '1.0',
    sequence: '0000000001',
    id: '0192f0c4-6c00-7000-8000-0000000000e1',
    type: contract.type,
    source: contract.source,
    subject: sampleSubject(contract),
    time: '2024-11-22T02:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: schemaUri(contract),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    audience: contract.audience,
    actor: 'person:u-17@hlj.market-regulation',
    data: contract.sample,
  };
  return event;
}

/** Whom the sample is about, hence its key in Kafka: a credit subject, a clue, or one of the 45 measures. */
export function sampleSubject({ topic, sample }: Contract): string {
  if ('clue' in sample) return (sample as { clue: ClueRef }).clue.id;
  if (topic !== 'measures') return samples.subject.id;
  return `measure-${(sample as DataOf<typeof measureProgressReported>).measure}`;
}
