import { allContracts, type Topic } from '#contracts';
import { continueTrace, currentContext } from '#platform';
import { replayRefusals } from './replay-refusals.js';

/** A line of a snapshot holds what stands of one subject; longer ones are no lines of ours. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** A snapshot on its way: lines without their line feeds. */
export interface OpenSnapshot {
  lines: AsyncIterable<string>;
  /** leaves the rest unread; nothing to do when all is read */
  cancel(): Promise<void>;
}

/**
 * Asks the services that tell topics for their snapshots, in the name of the operator who orders a fill: both sides
 * note the same person, and no service needs a right of its own to read another. Lines are taken as they are read
 * in, so memory stays constant.
 */
export class SnapshotClient {
  /** @param addressOf a service, as `SERVICE_<NAME>_URL` says; undefined where nothing is said */
  constructor(private readonly addressOf: (service: string) => string | undefined) {}

  /**
   * @throws Refusal `messaging.snapshot-source-unknown`, `messaging.snapshot-source-away`, `messaging.snapshot-refused`
   */
  async open(topic: Topic, reason: string, authorization: string): Promise<OpenSnapshot> {
    const service = allContracts.find((contract) => contract.topic === topic)!.source.slice(1);
    const address = this.addressOf(service);
    if (!address) {
      const setting = `SERVICE_${service.toUpperCase()}_URL`;
      return replayRefusals.refuse('messaging.snapshot-source-unknown', { service, topic, setting });
    }
    const url = new URL(`/api/operations/${service}/messaging/snapshots/${topic}`, address);
    url.searchParams.set('reason', reason);
    const headers = { authorization, traceparent: continueTrace(currentContext()?.traceparent) };
    const answer = await fetch(url, { headers, redirect: 'error' }).catch((error: Error) => {
      const fault = (error.cause as Error | undefined)?.message ?? error.message;
      return replayRefusals.refuse('messaging.snapshot-source-away', { service, fault });
    });
    if (!answer.ok || !answer.body) {
      const { code = '' } = (await answer.json().catch(() => ({}))) as { code?: string };
      const { status } = answer;
      return replayRefusals.refuse('messaging.snapshot-refused', { service, topic, status, code });
    }
    // Taken at once: undici cancels the body of an answer that nobody holds any more and nobody has begun to read,
    // and an empty snapshot came of that.
    const pieces = answer.body.values();
    return { lines: linesOf(pieces), cancel: async () => void (await pieces.return?.()) };
  }
}

/** @throws TypeError for bytes that are no UTF-8; Error for a line that does not end, or a connection that breaks */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) throw new Error('a line of the snapshot does not end');
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
