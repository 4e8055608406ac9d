import { type CloudEvent, HEARERS, TOPICS } from '#contracts';
import { createLogger, Database } from '#platform';
import { outOfOrder } from '../checker.js';
import { Journal } from '../journal.js';
import { type Agreement, disagreements } from './agreement.js';
import { effects } from './effects.js';
import { type Outside, type Service, SERVICES, type Told } from './told.js';

/** Reads the topics and every service's own tables, which nobody else may: it is their auditor. */
export class Witness {
  readonly #databases: Map<Service, Database>;
  readonly #journal: Journal;

  constructor(
    adminUrl: string,
    brokers: string[],
    private readonly prefix: string,
  ) {
    const logger = createLogger('witness', 'silent');
    this.#databases = new Map(
      SERVICES.map((service) => {
        const url = new URL(adminUrl);
        url.pathname = `/chengxin_stories_${service}`;
        return [service, new Database({ DATABASE_URL: url.href, DATABASE_POOL: 2 }, logger)];
      }),
    );
    this.#journal = new Journal(
      brokers,
      TOPICS.map((topic) => `${prefix}.${topic}`),
    );
  }

  open(): Promise<void> {
    return this.#journal.open();
  }

  async close(): Promise<void> {
    await this.#journal.close();
    await Promise.all([...this.#databases.values()].map((db) => db.onApplicationShutdown()));
  }

  db(service: Service): Database {
    return this.#databases.get(service)!;
  }

  /** Rows of one column. */
  async column(service: Service, sql: string, params: readonly unknown[] = []): Promise<string[]> {
    const { rows } = await this.db(service).query<{ it: unknown }>(sql, params);
    return rows.map(({ it }) => String(it));
  }

  /** Each event once, in the order of its partition. */
  get told(): Told[] {
    const events = this.#journal.messages.map(({ topic, raw }): [string, Told] => {
      const event = JSON.parse(raw.value!.toString()) as CloudEvent;
      return [event.id, { ...event, topic: topic.slice(this.prefix.length + 1) } as Told];
    });
    return [...new Map(events).values()];
  }

  /** What differs between topics, tables and the world outside. */
  async differences(outside: Outside): Promise<string[]> {
    const order = outOfOrder(
      this.#journal.messages.map(({ topic, key, sequence }) => ({ key: `${topic} ${key}`, sequence })),
    );
    const told = this.told;
    const agreements = [
      ...(await Promise.all(SERVICES.map((service) => this.#published(service, told)))),
      ...(await Promise.all(SERVICES.map((service) => this.#consumed(service, told)))).flat(),
      ...(await effects((service, sql) => this.column(service, sql), told, outside)),
    ];
    return [...order.map((each) => `out of order in the topic: ${each}`), ...disagreements(agreements)];
  }

  async #published(service: Service, told: readonly Told[]): Promise<Agreement> {
    const committed = await this.column(
      service,
      `SELECT envelope::json ->> 'id' AS it FROM messaging.outbox`,
    );
    const lying = told.filter(({ source }) => source === `/${service}`).map(({ id }) => id);
    return { what: `committed by ${service}, in the topics`, told: committed, held: lying };
  }

  /** A receipt for each event that it hears, every subject at its newest, nothing set aside. */
  async #consumed(service: Service, told: readonly Told[]): Promise<Agreement[]> {
    const heard = HEARERS[service]!;
    const topics = new Set<string>(heard.map(({ topic }) => topic));
    const types = new Set(heard.map(({ type }) => type));
    const heads = new Map<string, number>();
    for (const { topic, subject, sequence } of told.filter((event) => topics.has(event.topic))) {
      const key = `${topic} ${subject}`;
      heads.set(key, Math.max(heads.get(key) ?? 0, Number(sequence)));
    }
    const [receipts, positions, aside] = await Promise.all([
      this.column(service, 'SELECT event_id AS it FROM messaging.inbox WHERE consumer = $1', [service]),
      this.column(
        service,
        `SELECT concat_ws(' ', topic, key, last_sequence) AS it FROM messaging.position
         WHERE consumer = $1 AND topic = ANY ($2)`,
        [service, [...topics]],
      ),
      this.column(
        service,
        `SELECT event_id AS it FROM messaging.dead_letter WHERE state = 'open'
         UNION ALL SELECT event_id FROM messaging.parked`,
      ),
    ]);
    return [
      {
        what: `heard by ${service}`,
        told: told.filter(({ type }) => types.has(type)).map(({ id }) => id),
        held: receipts,
      },
      {
        what: `newest of each subject at ${service}`,
        told: [...heads].map(([key, head]) => `${key} ${head}`),
        held: positions,
      },
      { what: `set aside by ${service}`, told: [], held: aside },
    ];
  }
}
