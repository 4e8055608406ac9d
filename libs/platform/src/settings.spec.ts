import { describe, expect, it } from '@jest/globals';
import { baseSettings, ConfigurationError, readSettings } from './settings.js';
import { serviceSettings } from './start.js';

const good = {
  PORT: '7102',
  DATABASE_URL: 'postgres://records:s3cret@db:5432/records',
  KAFKA_BROKERS: 'kafka:9092',
  OIDC_ISSUER: 'https://id.example/oidc',
};

function faults(env: Record<string, string | undefined>): string[] {
  try {
    readSettings(baseSettings, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults.map(({ name }) => name).sort();
    throw error;
  }
}

describe('settings', () => {
  it('reads numbers and fills in defaults', () => {
    expect(readSettings(baseSettings, good)).toMatchObject({
      PORT: 7102,
      CHENGXIN_PARTITIONS: 12,
      NODE_ENV: 'development',
    });
  });

  it('lists all faults at once', () => {
    expect(faults({ PORT: 'ninety', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' })).toEqual([
      'DATABASE_URL',
      'KAFKA_BROKERS',
      'LOG_LEVEL',
      'OIDC_ISSUER',
      'PORT',
    ]);
  });

  it('a service without events is not asked for Kafka, not even in production', () => {
    const { KAFKA_BROKERS: _, ...env } = { ...good, NODE_ENV: 'production' };
    const definition = { name: 'quiet', description: '', module: class {}, kafka: false };
    expect(serviceSettings(definition, env)).not.toHaveProperty('KAFKA_BROKERS');
    expect(() => serviceSettings({ ...definition, kafka: true }, env)).toThrow('KAFKA_BROKERS');
  });

  it('production refuses a movable clock, plain http, a development password and a single copy', () => {
    const env = {
      ...good,
      NODE_ENV: 'production',
      CHENGXIN_CLOCK_FILE: '/tmp/clock',
      OIDC_ISSUER: 'http://id.example',
      DATABASE_URL: 'postgres://chengxin:chengxin@db/records',
    };
    expect(faults(env)).toEqual([
      'CHENGXIN_CLOCK_FILE',
      'CHENGXIN_REPLICATION',
      'DATABASE_URL',
      'OIDC_ISSUER',
    ]);
    expect(faults({ ...good, NODE_ENV: 'production', CHENGXIN_REPLICATION: '3' })).toEqual([]);
  });
});
