import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Actor,
  Clock,
  createLogger,
  createService,
  type MovableClock,
  type Role,
  serviceSettings,
} from '#platform';
import { issueToken, partsSetting, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Catalogue } from '../src/catalogue/catalogue.js';
import { KeyCheck } from '../src/sealing/key-check.js';
import { recordsService } from '../src/service.js';

export interface Answer {
  status: number;
  // Answers are walked by name; a wrong name shows up in the expectation.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  headers: Headers;
  text: string;
}

export interface Call {
  as?: Actor;
  token?: string;
  json?: unknown;
  body?: string | Buffer | ReadableStream;
  headers?: Record<string, string>;
}

/** The service over a database of its own, its clock in the hand of the spec, with the real guard. */
export interface RunningRecords {
  app: NestFastifyApplication;
  base: string;
  database: TestDatabase;
  clock: MovableClock;
  call(method: string, path: string, call?: Call): Promise<Answer>;
  /** Rows of every table and events written: what a refused request must not change. */
  footprint(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** @param consuming whether it listens to Kafka too, or only tells */
export async function startRecords(now: string, { consuming = false } = {}): Promise<RunningRecords> {
  const [database, issuer] = await Promise.all([testDatabase('records'), testIssuer()]);
  const settings = serviceSettings(recordsService, {
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: partsSetting('KAFKA_BROKERS'),
    CHENGXIN_TOPIC_PREFIX: `records-spec-${randomUUID().slice(0, 8)}`,
    CHENGXIN_PARTITIONS: '1',
    CHENGXIN_CLOCK_FILE: join(mkdtempSync(join(tmpdir(), 'records-clock-')), 'clock.json'),
    ...issuer.settings,
  });
  const app = await createService(recordsService, settings, createLogger('records', 'silent'));
  const clock = app.get(Clock) as MovableClock;
  clock.moveTo(new Date(now));
  if (consuming) await recordsService.beforeListen!(app);
  else {
    await app.get(KeyCheck).run();
    await app.get(Catalogue).load();
  }
  await app.listen(0, '127.0.0.1');
  const base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    app,
    base,
    database,
    clock,
    call: (method, path, call = {}) => request(base, method, path, call),
    footprint: () => footprint(database),
    async stop() {
      await app.close();
      await database.drop();
    },
  };
}

async function request(
  base: string,
  method: string,
  path: string,
  { as, token, json, body, headers }: Call,
): Promise<Answer> {
  const bearer = token ?? (as && (await issueToken(as)));
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: json === undefined ? body : JSON.stringify(json),
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  } as RequestInit);
  const text = await response.text();
  const isJson =
    /json/.test(response.headers.get('content-type') ?? '') &&
    !/ndjson/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : undefined,
    headers: response.headers,
    text,
  };
}

const TABLES = [
  'subject',
  'subject_history',
  'subject_link',
  'credit_record',
  'credit_record_history',
  'batch',
  'batch_error',
  'access_log',
  'platform.idempotency',
  'messaging.outbox',
];

async function footprint({ db }: TestDatabase): Promise<Record<string, number>> {
  const counts = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS "${table}"`);
  const { rows } = await db.query<Record<string, number>>(
    `SELECT ${counts.join(', ')}, (SELECT coalesce(sum(last_sequence), 0)::int FROM messaging.stream) AS sequences`,
  );
  return rows[0]!;
}

export const BUREAU = 'hlj.city.230100.market-regulation';

export function system(unit = BUREAU, region = '230100'): Actor {
  return {
    kind: 'system',
    id: `system.${unit}`,
    name: unit,
    department: unit,
    region,
    roles: ['department-system'],
  };
}

export function person(role: Role, unit?: string): Actor {
  return {
    kind: 'person',
    id: `${role}.${unit ?? 'province'}`,
    name: `${role}（虚构）`,
    department: unit,
    region: '230000',
    roles: [role],
  };
}

export function party(code: string): Actor {
  return { kind: 'person', id: `party.${code}`, name: '当事人（虚构）', roles: ['party'], party: code };
}

/** A right penalty in the national field names. */
export function penalty(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    CF_XDR_MC: '松江示例商贸有限公司（虚构）',
    CF_XDR_LB: '法人及非法人组织',
    CF_XDR_SHXYM: '91230100MA1ABCDE8J',
    CF_FRDB: '张示例',
    CF_WSH: '哈市监罚〔2024〕101号（虚构）',
    CF_WFXW: '生产不符合食品安全标准的食品',
    CF_SY: '经抽样检验不合格（虚构）',
    CF_YJ: '《中华人民共和国食品安全法》第一百二十四条',
    CF_CFLB: '罚款',
    CF_NR: '罚款520000元',
    CF_NR_FK: '52',
    CF_JDRQ: '2024-10-28',
    CF_CFJG: '哈尔滨市市场监督管理局',
    CF_CFJGDM: '11420000MB15291767',
    CF_SJLY: '哈尔滨市市场监督管理局',
    CF_SJLYDM: '11420000MB15291767',
    ...change,
  };
}

export const PERSON_NUMBER = '11010519491231002X';

/** A right penalty of a natural person. */
export function personPenalty(change: Record<string, unknown> = {}): Record<string, unknown> {
  return penalty({
    CF_XDR_MC: '钱甲（虚构）',
    CF_XDR_LB: '自然人',
    CF_XDR_SHXYM: undefined,
    CF_FRDB: undefined,
    CF_XDR_ZJLX: '身份证',
    CF_XDR_ZJHM: PERSON_NUMBER,
    ...change,
  });
}

/** Rows as a CSV file, every cell quoted. */
export function csv(rows: readonly Record<string, unknown>[], eol = '\r\n'): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;
  return (
    [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join(
      eol,
    ) + eol
  );
}
