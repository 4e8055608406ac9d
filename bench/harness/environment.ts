import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import pg from 'pg';
import { databaseAdminUrl } from '#testing';

/** The machine and the settings on which a figure was taken. */
export interface Environment {
  at: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  postgres: string;
  postgresSettings: Record<string, string>;
  kafka: string;
  /** over 1, 5 and 15 minutes before the run: what else the machine was doing */
  loadBefore: number[];
  loadAfter?: number[];
}

const TOLD = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'shared_buffers',
  'max_wal_size',
  'checkpoint_timeout',
];

export async function environment(): Promise<Environment> {
  const admin = new pg.Client({ connectionString: databaseAdminUrl() });
  await admin.connect();
  const { rows: version } = await admin.query<{ server_version: string }>('SHOW server_version');
  const { rows: settings } = await admin.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1) ORDER BY name',
    [TOLD],
  );
  await admin.end();
  return {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 29) / 2,
    system: `${process.platform} ${release()}`,
    node: process.version,
    postgres: version[0]!.server_version,
    postgresSettings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    kafka: `${kafkaVersion()}, one broker, acks all`,
    loadBefore: loadavg(),
  };
}

/** As the local stack fetches it; a broker that was given is not asked. */
function kafkaVersion(): string {
  const pom = readFileSync('deploy/local/pom.xml', 'utf8');
  return (
    /<kafka\.version>([^<]+)</.exec(pom)?.[1] ??
    /kafka_2\.13<\/artifactId>\s*<version>([^<]+)/.exec(pom)?.[1] ??
    'unknown'
  );
}

export function textOf(environment: Environment): string {
  const { cpu, cores, memoryGb, system, node, postgres, postgresSettings, kafka, loadBefore } = environment;
  const settings = Object.entries(postgresSettings).map(([name, value]) => `${name}=${value}`);
  return [
    `${cores} × ${cpu}, ${memoryGb} GB, ${system}; Node ${node}`,
    `PostgreSQL ${postgres} (${settings.join(', ')}); Kafka ${kafka}`,
    `load ${loadBefore.map((each) => each.toFixed(2)).join(' ')}`,
  ].join('\n');
}
