import type { Chance } from './chance.js';
import type { Steps } from './scheduler.js';

/** A message as it lies in a partition. */
export interface Message {
  key: string;
  value: string;
  /** what it was made of; absent when it came from elsewhere */
  eventId?: string;
  sequence?: number;
}

interface Produce {
  partition: number;
  messages: readonly Message[];
  state: 'under way' | 'acknowledged' | 'failed';
}

/**
 * A topic and the network before it. A request may be lost, or arrive without its answer coming back, or
 * arrive long after its sender has given it up, or twice.
 */
export class Topic {
  readonly partitions: Message[][];
  readonly #underWay: Produce[] = [];
  calm = false;

  constructor(
    count: number,
    private readonly chance: Chance,
  ) {
    this.partitions = Array.from({ length: count }, () => []);
  }

  /** FNV is for shards, murmur2 for Kafka; here the last digit will do. */
  partitionOf(key: string): number {
    return key.charCodeAt(key.length - 1) % this.partitions.length;
  }

  /** @returns the requests, one a partition, to be waited for */
  produce(messages: readonly Message[]): Produce[] {
    const requests = this.partitions.map((_, partition): Produce => ({
      partition,
      messages: messages.filter(({ key }) => this.partitionOf(key) === partition),
      state: 'under way',
    }));
    const sent = requests.filter((request) => request.messages.length > 0);
    this.#underWay.push(...sent);
    return sent;
  }

  *network(): Steps {
    for (;;) {
      yield () => this.#underWay.length > 0;
      const at = this.chance.below(this.#underWay.length);
      const [request] = this.#underWay.splice(at, 1);
      const fate = this.calm ? 1 : this.chance.next();
      if (fate < 0.05) {
        request!.state = 'failed';
      } else if (fate < 0.1) {
        request!.state = 'failed';
        this.#append(request!);
      } else if (fate < 0.15) {
        // The sender gives up, the request does not.
        request!.state = 'failed';
        this.#underWay.push({ ...request! });
      } else {
        if (fate < 0.2) this.#underWay.push({ ...request! });
        this.#append(request!);
        request!.state = 'acknowledged';
      }
    }
  }

  #append({ partition, messages }: Produce): void {
    this.partitions[partition]!.push(...messages);
  }
}

/** Waits until every request has an end. @returns whether all were acknowledged */
export function* answered(requests: readonly Produce[]): Steps<boolean> {
  yield () => requests.every(({ state }) => state !== 'under way');
  return requests.every(({ state }) => state === 'acknowledged');
}
