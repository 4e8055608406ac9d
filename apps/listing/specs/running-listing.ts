import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 as uuidv7 } from 'uuid';
import { type CloudEvent, type Contract, contractOf, type DataOf, faultsOf } from '#contracts';
import { DeadlinesModule, Sweeper, type SweepResult } from '#deadlines';
import { startOfDay } from '#kernel';
import { Delivery } from '#messaging';
import {
  type Actor,
  Clock,
  createLogger,
  createService,
  Database,
  MovableClock,
  runInContext,
  serviceSettings,
} from '#platform';
import { DEADLINE_KINDS } from '../src/commands/run-clocks.js';
import { Inbox } from '../src/events/inbox.js';
import { ProcedureModule } from '../src/listing.module.js';
import { listing } from '../src/service.js';

/** The service as it runs, but for its broker (specs hand events over themselves) and with clocks that wait to be swept. */
@Module({
  imports: [DeadlinesModule.forRoot({ kinds: DEADLINE_KINDS, sweepEveryMs: null }), ProcedureModule],
})
class ListingWithoutBroker {}

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

export class RunningListing {
  private constructor(
    readonly app: NestFastifyApplication,
    private readonly folder: string,
  ) {}

  static async start(
    databaseUrl: string,
    issuer: Record<string, string>,
    day: string,
    pool = 10,
  ): Promise<RunningListing> {
    const folder = mkdtempSync(join(tmpdir(), 'chengxin-listing-'));
    const settings = serviceSettings(listing, {
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      CONSOLE_URL: 'https://credit.example',
      DATABASE_POOL: String(pool),
      KAFKA_BROKERS: '127.0.0.1:1',
      CHENGXIN_CLOCK_FILE: join(folder, 'clock.json'),
      PORT: '7999',
      ...issuer,
    });
    const definition = { ...listing, module: ListingWithoutBroker };
    const app = await createService(definition, settings, createLogger('listing', 'silent'));
    const running = new RunningListing(app, folder);
    running.moveTo(day);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return running;
  }

  get db(): Database {
    return this.app.get(Database);
  }

  /** To 09:00 in China of that day. */
  moveTo(day: string): void {
    this.moveToInstant(new Date(startOfDay(day).getTime() + 9 * 3_600_000));
  }

  moveToInstant(instant: Date): void {
    this.app.get<MovableClock>(Clock).moveTo(instant);
  }

  sweep(): Promise<SweepResult> {
    return this.app.get(Sweeper).sweepDue();
  }

  /** Hands an event to the inbox as the consumer would: one transaction, the actor of the event. */
  async tell<C extends Contract>(
    contract: C,
    subject: string,
    data: DataOf<C>,
    time = this.app.get(Clock).now(),
  ): Promise<string> {
    const faults = faultsOf(contract, data);
    if (faults.length > 0) throw new Error(`${contract.type}: ${faults.join('; ')}`);
    const actor: Actor = {
      kind: 'system',
      id: 'system.elsewhere',
      name: 'elsewhere',
      department: 'hlj.data',
      roles: [],
    };
    const event = {
      specversion: '1.0',
      id: uuidv7(),
      type: contract.type,
      source: contract.source,
      subject,
      sequence: '0000000001',
      time: time.toISOString(),
      datacontenttype: 'application/json',
      dataschema: 'x',
      traceparent: TRACE,
      audience: contract.audience,
      actor: 'system:system.elsewhere@hlj.data',
      data,
    } satisfies CloudEvent;
    const method = contract.type
      .split('.')
      .slice(2, -1)
      .join('-')
      .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const inbox = this.app.get(Inbox) as unknown as Record<
      string,
      (event: CloudEvent, delivery: Delivery) => Promise<void>
    >;
    await this.db.transaction((tx) =>
      runInContext({ traceparent: TRACE, actor }, () =>
        inbox[method]!(event, new Delivery(tx, event, actor)),
      ),
    );
    return event.id;
  }

  /**
   * What the service told of a subject, each held against its contract: of its cases and listings together, in the
   * order of the ids (UUIDv7), which no reader of two topics is promised; or on one topic.
   */
  async told(subject: string, topic?: string): Promise<CloudEvent<Record<string, never>>[]> {
    const { rows } = await this.db.query<{ envelope: string }>(
      `SELECT envelope FROM messaging.outbox WHERE key = $1 AND topic = ANY ($2) ORDER BY envelope::json ->> 'id'`,
      [subject, topic ? [topic] : ['cases', 'listings']],
    );
    return rows.map(({ envelope }) => {
      const event = JSON.parse(envelope) as CloudEvent<Record<string, never>>;
      const faults = faultsOf(contractOf(event.type)!, event.data);
      if (faults.length > 0) throw new Error(`${event.type}: ${faults.join('; ')}`);
      return event;
    });
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true });
  }
}
