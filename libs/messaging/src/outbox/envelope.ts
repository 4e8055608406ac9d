import { type CloudEvent, type Contract, type DataOf, faultsOf, schemaUri } from '#contracts';
import { defineRefusals } from '#kernel';
import { type Actor, actorLine, type Context, continueTrace, newId, platformActor } from '#platform';

/** A fact to be told: which contract, about whom, what. */
export interface Publication<C extends Contract = Contract> {
  contract: C;
  /** id of the subject; also the Kafka key, and what the sequence counts */
  subject: string;
  data: DataOf<C>;
  /** who decided; the actor of the cause, of the request or of the event being handled when absent */
  actor?: Actor;
  /** the event that brought this about: its trace goes on. Needed where a handler takes several together */
  cause?: CloudEvent;
  /** when it became so, in legal time; now when absent */
  time?: Date;
}

/** Half of what a broker takes in one record batch by default, so that any two events fit into one. */
export const LARGEST_EVENT_BYTES = 512 * 1024;

export const publicationRefusals = defineRefusals({
  'messaging.event-too-large': {
    kind: 'too-large',
    zh: '事件 {type} 有 {bytes} 字节, 上限为 {limit} 字节',
    en: 'The event {type} has {bytes} bytes; the limit is {limit}.',
    cureZh: '减少一次提交的内容, 或将大文件存放于附件',
    cureEn: 'Send less at once, or keep large content as an attachment.',
  },
});

/** The data does not fit its contract: a fault of the program that publishes, never of its user. */
export class UnfitPublication extends Error {
  override readonly name = 'UnfitPublication';
}

/** What every structured CloudEvent begins with; PostgreSQL writes the ten digits of the sequence behind it. */
export const ENVELOPE_HEAD = '{"specversion":"1.0","sequence":"';

export interface Draft {
  id: string;
  topic: string;
  key: string;
  /** the rest of the envelope, from behind the digits of the sequence to the closing brace */
  rest: string;
}

/**
 * Checks a publication and writes its envelope but for the sequence, which is known only once the
 * subject's row is locked. Bytes are final here: the relay copies them and never parses.
 *
 * @throws UnfitPublication when data or subject do not fit; Refusal `messaging.event-too-large`
 */
export function draft(publication: Publication, context: Context | undefined, now: Date): Draft {
  const { contract, subject, data } = publication;
  const faults = faultsOf(contract, data);
  if (subject.length < 1 || subject.length > 64) faults.push('subject must have 1 to 64 characters');
  if (faults.length > 0) throw new UnfitPublication(`${contract.type}: ${faults.slice(0, 10).join('; ')}`);

  const id = newId();
  const { cause } = publication;
  const actor = publication.actor
    ? actorLine(publication.actor)
    : (cause?.actor ?? actorIn(context, contract));
  const attributes = {
    id,
    type: contract.type,
    source: contract.source,
    subject,
    time: (publication.time ?? now).toISOString(),
    datacontenttype: 'application/json',
    dataschema: schemaUri(contract),
    traceparent: cause ? continueTrace(cause.traceparent) : (context?.traceparent ?? continueTrace()),
    audience: contract.audience,
    // CloudEvents extensions are strings, integers or booleans: the actor travels as one line.
    actor: actor.slice(0, 200),
    data,
  };
  const rest = `",${JSON.stringify(attributes).slice(1)}`;
  const bytes = ENVELOPE_HEAD.length + 10 + Buffer.byteLength(rest, 'utf8');
  if (bytes > LARGEST_EVENT_BYTES) {
    publicationRefusals.refuse('messaging.event-too-large', {
      type: contract.type,
      bytes,
      limit: LARGEST_EVENT_BYTES,
    });
  }
  return { id, topic: contract.topic, key: subject, rest };
}

function actorIn(context: Context | undefined, contract: Contract): string {
  return actorLine(context?.actor ?? platformActor(contract.source.slice(1)));
}
