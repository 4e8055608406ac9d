import { Type, type Static, type TObject } from '@sinclair/typebox';
import { Ajv } from 'ajv';

export const BASE_SETTINGS = Symbol('BASE_SETTINGS');
export const SETTINGS = Symbol('SETTINGS');

const url = (pattern: string, description: string) => Type.String({ pattern, description });

/** What every service reads from its environment. */
export const baseSettings = Type.Object({
  NODE_ENV: Type.Union([Type.Literal('production'), Type.Literal('development'), Type.Literal('test')], {
    default: 'development',
  }),
  HOST: Type.String({ default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535 }),
  DATABASE_URL: url('^postgres(ql)?://', 'postgres://user:password@host:port/database'),
  DATABASE_POOL: Type.Integer({ minimum: 2, maximum: 200, default: 10 }),
  KAFKA_BROKERS: Type.String({ minLength: 3, description: 'host:port, separated by commas' }),
  CHENGXIN_TOPIC_PREFIX: Type.String({ pattern: '^[a-zA-Z0-9._-]{1,60}$', default: 'chengxin' }),
  CHENGXIN_PARTITIONS: Type.Integer({ minimum: 1, maximum: 1000, default: 12 }),
  CHENGXIN_REPLICATION: Type.Integer({ minimum: 1, maximum: 9, default: 1 }),
  CHENGXIN_RELAY: Type.Union([Type.Literal('inside'), Type.Literal('apart')], {
    default: 'inside',
    description: 'apart: a process of apps/relay carries the outbox of this service',
  }),
  OIDC_ISSUER: url('^https?://', 'issuer of the access tokens'),
  OIDC_JWKS_URI: Type.Optional(url('^https?://', 'keys of the issuer; discovered from it when absent')),
  OIDC_AUDIENCE: Type.String({ default: 'urn:chengxin:api' }),
  LOG_LEVEL: Type.Union(
    ['trace', 'debug', 'info', 'warn', 'error', 'silent'].map((l) => Type.Literal(l)),
    { default: 'info' },
  ),
  CHENGXIN_CLOCK_FILE: Type.Optional(
    Type.String({ minLength: 1, description: 'development only: file that shifts the clock' }),
  ),
});

export type BaseSettings = Static<typeof baseSettings>;

/** One fault of the configuration, said so that the reader can mend it. */
export interface SettingFault {
  name: string;
  fault: string;
}

export class ConfigurationError extends Error {
  constructor(readonly faults: SettingFault[]) {
    super(
      `the configuration has ${faults.length} fault(s):\n${faults.map((f) => `  ${f.name}: ${f.fault}`).join('\n')}`,
    );
  }
}

/** Settings that must not reach production, with the reason. */
export type ProductionRule = (settings: Record<string, unknown>) => SettingFault[];

export const baseProductionRules: ProductionRule = (settings) => {
  const faults: SettingFault[] = [];
  if (settings['CHENGXIN_CLOCK_FILE']) {
    faults.push({
      name: 'CHENGXIN_CLOCK_FILE',
      fault: 'a clock that can be moved would falsify legal time limits; remove it in production',
    });
  }
  if (String(settings['OIDC_ISSUER']).startsWith('http://')) {
    faults.push({
      name: 'OIDC_ISSUER',
      fault: 'must use https in production, or tokens can be read and forged on the way',
    });
  }
  if (/:\/\/[^/@]*:(postgres|password|chengxin)@/.test(String(settings['DATABASE_URL']))) {
    faults.push({ name: 'DATABASE_URL', fault: 'still has a well-known development password' });
  }
  if (Number(settings['CHENGXIN_REPLICATION']) < 2) {
    faults.push({
      name: 'CHENGXIN_REPLICATION',
      fault: 'one copy of each event is lost with one disk; use at least 2 (3 is usual)',
    });
  }
  return faults;
};

/**
 * Reads and checks the environment against the schema, with every fault in one error.
 *
 * @throws ConfigurationError with all faults at once
 */
export function readSettings<T extends TObject>(
  schema: T,
  env: Record<string, string | undefined>,
  productionRules: readonly ProductionRule[] = [baseProductionRules],
): Static<T> {
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true });
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const value = env[name];
    if (value !== undefined && value !== '') values[name] = value;
  }
  const validate = ajv.compile(schema);
  const faults: SettingFault[] = [];
  if (!validate(values)) {
    for (const error of validate.errors ?? []) {
      const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
      const name = missing ?? error.instancePath.slice(1).split('/')[0] ?? '';
      if (faults.some((fault) => fault.name === name)) continue;
      const described = (schema.properties[name] as { description?: string } | undefined)?.description;
      faults.push({
        name,
        fault: `${missing ? 'is required' : (error.message ?? 'is not valid')}${described ? ` (${described})` : ''}`,
      });
    }
  }
  if (values['NODE_ENV'] === 'production') for (const rule of productionRules) faults.push(...rule(values));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return values as Static<T>;
}
