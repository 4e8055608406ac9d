import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { type Publication, publishAll } from '#messaging';
import { createLogger, MovableClock } from '#platform';
import {
  eventually,
  type Forked,
  forkTypescript,
  partsSetting,
  startTestIssuer,
  type TestDatabase,
  testDatabase,
  type TestIssuer,
} from '#testing';
import { ensureTopics } from '../../libs/messaging/src/kafka/topics.js';
import { Relay } from '../../libs/messaging/src/relay/relay.js';

const brokers = partsSetting('KAFKA_BROKERS').split(',');
const port = Number(process.env['CHENGXIN_PORT_BASE'] ?? 7200) + 60;

/** Whoever decides listings, its relay, and the measures service as it is shipped, in a process of its own. */
export class Loop {
  readonly prefix = `loop-${randomBytes(4).toString('hex')}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'chengxin-loop-'));
  readonly clock = new MovableClock(join(this.#folder, 'clock.json'));
  #measures: Forked | undefined;

  private constructor(
    readonly telling: TestDatabase,
    readonly hearing: TestDatabase,
    readonly issuer: TestIssuer,
    private readonly relay: (prefix: string) => Relay,
  ) {}

  #relay!: Relay;

  static async open(): Promise<Loop> {
    const [telling, hearing] = [await testDatabase('messaging'), await testDatabase('measures')];
    const logger = createLogger('loop', 'silent');
    const loop = new Loop(
      telling,
      hearing,
      await startTestIssuer(),
      (prefix) =>
        new Relay({
          name: `loop ${process.pid}`,
          databaseUrl: telling.url,
          database: telling.db,
          brokers: { brokers, clientId: `${prefix}-relay`, logger },
          prefix,
          prepareTopics: () => Promise.resolve(),
          onPublished: () => undefined,
          onProducerDiscarded: () => undefined,
        }),
    );
    const topics = { prefix: loop.prefix, partitions: 3, replication: 1 };
    await ensureTopics({ brokers, clientId: loop.prefix, logger }, topics, ['listings']);
    loop.#relay = loop.relay(loop.prefix);
    loop.#relay.start();
    return loop;
  }

  async close(): Promise<void> {
    await this.#measures?.kill();
    await this.#relay.stop();
    await this.issuer.close();
    for (const database of [this.telling, this.hearing]) await database.drop();
    rmSync(this.#folder, { recursive: true });
  }

  get measures(): Forked {
    return this.#measures!;
  }

  start(): void {
    this.#measures = forkTypescript(new URL('../../apps/measures/src/main.ts', import.meta.url), {
      ...this.issuer.settings,
      NODE_ENV: 'test',
      PORT: String(port),
      DATABASE_URL: this.hearing.url,
      KAFKA_BROKERS: brokers.join(','),
      CHENGXIN_TOPIC_PREFIX: this.prefix,
      CHENGXIN_PARTITIONS: '3',
      CHENGXIN_CLOCK_FILE: join(this.#folder, 'clock.json'),
      LOG_LEVEL: 'error',
    });
  }

  /** In one commit. */
  async tell(events: readonly Publication[]): Promise<void> {
    await this.telling.db.transaction((tx) => publishAll(tx, events));
  }

  /** Everything that was told, once more, each subject's in order: as a relay that forgot how far it was. */
  async again(): Promise<void> {
    const { rows } = await this.telling.db.query<{ key: string; envelope: string }>(
      'SELECT key, envelope FROM messaging.outbox ORDER BY sequence',
    );
    const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    for (let from = 0; from < rows.length; from += 500)
      await producer.send({
        topic: `${this.prefix}.listings`,
        messages: rows.slice(from, from + 500).map(({ key, envelope }) => ({ key, value: envelope })),
      });
    await producer.disconnect();
  }

  /** An operator has the service read the whole topic from its beginning; resolves when it has. */
  async replay(): Promise<void> {
    const token = await this.issuer.issueToken({ kind: 'person', id: 'op', name: 'X', roles: ['operator'] });
    const call = async (init?: RequestInit): Promise<{ status: number; body: unknown }> => {
      const url = `http://127.0.0.1:${port}/api/operations/measures/messaging/replays`;
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(url, { headers, ...init });
      return { status: answer.status, body: await answer.json() };
    };
    const body = JSON.stringify({ mode: 'again', topics: ['listings'], reason: '（虚构）全部重读' });
    const { status, body: begun } = await call({ method: 'POST', body });
    if (status !== 202) throw new Error(`no replay: ${status} ${JSON.stringify(begun)}`);
    await eventually(
      async () => {
        const { items } = (await call()).body as { items: { endedAt: string | null }[] };
        if (items.length === 0 || items.some(({ endedAt }) => endedAt === null)) throw new Error('under way');
      },
      { within: 60_000 },
    );
  }
}
