import 'reflect-metadata';
import { ServerKafka } from '@nestjs/microservices';
import { logLevel, Partitioners } from 'kafkajs';
import type { PoolClient } from 'pg';
import { getDisabledLogger, initializeMessageStorage } from 'pg-transactional-outbox';
import { DataSource, EntitySchema, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { brokers, PARTITIONS } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { peerListener } from '../relay/peer-outbox.js';
import type { DecisionRows } from './rows.js';

/*
 * The same flow as its parts' documentation shows it: Nest's Kafka transport, one TypeORM transaction with `save` for
 * each table, and its events stored one by one by pg-transactional-outbox. It does less than ours: the rows lie ready,
 * so no rule is looked up, and nothing turns a repetition away.
 */
type Row = Record<string, unknown>;
interface Argument {
  databaseUrl: string;
  topic: string;
  service: string;
  rows: DecisionRows;
}
const TABLES = {
  case: { table: 'discipline_case', keys: ['case_id'] },
  action: { table: 'discipline_action', keys: ['id'] },
  history: { table: 'discipline_action_history', keys: ['action_id', 'version'] },
  deadline: { schema: 'deadlines', table: 'deadline', keys: ['id'] },
} as const;
type Name = keyof typeof TABLES;

let source: DataSource;
let server: ServerKafka;
let joined = false;

serve({
  async start({ databaseUrl, topic, service, rows }: Argument) {
    joined = false;
    const entities = await entitiesOf(databaseUrl);
    source = await new DataSource({
      type: 'postgres',
      url: databaseUrl,
      entities: Object.values(entities),
      poolSize: PARTITIONS,
    }).initialize();
    const store = initializeMessageStorage(peerListener(databaseUrl), getDisabledLogger());
    server = new ServerKafka({
      client: { brokers: brokers(), clientId: service, logLevel: logLevel.NOTHING },
      consumer: { groupId: service },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: PARTITIONS },
      producer: { createPartitioner: Partitioners.DefaultPartitioner },
    });
    const handler = ({ id }: { id: string }): Promise<void> =>
      source.transaction(async (manager) => {
        const subject = uuidv7();
        const ids = rows.actions.map(() => uuidv7());
        const own = { case_id: id, subject_id: subject };
        const save = (name: Name, all: Row[]): Promise<unknown> => manager.save(entities[name], all);
        await save('case', [{ ...rows.case, ...own }]);
        await save(
          'action',
          rows.actions.map(({ nth, row }) => ({ ...row, ...own, id: ids[nth - 1] })),
        );
        await save(
          'history',
          rows.history.map(({ nth, row }) => ({ ...row, action_id: ids[nth - 1] })),
        );
        await save(
          'deadline',
          rows.deadlines.map(({ nth, row }) => ({ ...row, id: undefined, ref: ids[nth - 1] })),
        );
        const client = await clientOf(manager);
        for (const { row } of rows.events)
          await store(
            {
              id: uuidv7(),
              aggregateType: 'discipline',
              aggregateId: subject,
              messageType: 'discipline',
              segment: subject,
              payload: JSON.parse(row['envelope'] as string) as object,
            },
            client,
          );
      });
    server.addHandler(topic, handler as never, true);
    await new Promise<void>((resolve, reject) =>
      server.listen((error?: unknown) => (error ? reject(error as Error) : resolve())),
    );
    joined = true; // KafkaJS's `run` resolves when the group is joined
  },
  ready() {
    if (!joined) throw new Error('has not joined its group yet');
  },
  async stop() {
    await server.close();
    await source.destroy();
  },
});

async function clientOf({ queryRunner }: EntityManager): Promise<PoolClient> {
  return (await queryRunner!.connect()) as PoolClient;
}

/** Entities of the very tables, with the columns that they have. */
async function entitiesOf(databaseUrl: string): Promise<Record<Name, EntitySchema<Row>>> {
  const looking = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
  const made: [string, EntitySchema<Row>][] = [];
  for (const [name, about] of Object.entries(TABLES)) {
    const schema = 'schema' in about ? about.schema : undefined;
    const columns = await looking.query<{ name: string; type: string }[]>(
      `SELECT a.attname AS name, t.typname AS type FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
      [schema ? `${schema}.${about.table}` : about.table],
    );
    const keys: readonly string[] = about.keys;
    made.push([
      name,
      new EntitySchema<Row>({
        name,
        ...(schema && { schema }),
        tableName: about.table,
        columns: Object.fromEntries(
          columns.map(({ name: column, type }) => [
            column,
            {
              type: (type === '_text' ? 'text' : type) as 'text',
              ...(type === '_text' && { array: true }),
              ...(keys.includes(column) && { primary: true }),
              ...(schema && column === 'id' && { generated: 'increment' as const }),
              nullable: !keys.includes(column),
            },
          ]),
        ),
      }),
    ]);
  }
  await looking.destroy();
  return Object.fromEntries(made) as Record<Name, EntitySchema<Row>>;
}
