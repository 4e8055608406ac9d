import { describe, expect, it } from '@jest/globals';
import { type ConfigurationError, serviceSettings } from '#platform';
import { identity } from './service.js';
import { consoleOrigin, demoAccountsOn, type IdentitySettings, issuesTokens } from './settings.js';

const BASE = {
  PORT: '7101',
  DATABASE_URL: 'postgres://a:b@db/identity',
  OIDC_ISSUER: 'https://credit.example/oidc',
};
const PRODUCTION = {
  ...BASE,
  NODE_ENV: 'production',
  IDENTITY_KEY_SECRET: 'x'.repeat(32),
};

const settings = (env: Record<string, string>): IdentitySettings =>
  serviceSettings(identity, env) as IdentitySettings;

function faults(env: Record<string, string>): string[] {
  try {
    settings(env);
    return [];
  } catch (error) {
    return (error as ConfigurationError).faults.map(({ name }) => name);
  }
}

describe('settings of identity', () => {
  it('demo accounts are on in development and test, off in production, and cannot be switched on there', () => {
    expect(demoAccountsOn(settings({ ...BASE, NODE_ENV: 'development' }))).toBe(true);
    expect(demoAccountsOn(settings({ ...BASE, NODE_ENV: 'test', CHENGXIN_DEMO_ACCOUNTS: 'false' }))).toBe(
      false,
    );
    expect(demoAccountsOn(settings(PRODUCTION))).toBe(false);
    expect(faults({ ...PRODUCTION, CHENGXIN_DEMO_ACCOUNTS: 'true' })).toEqual(['CHENGXIN_DEMO_ACCOUNTS']);
  });

  it('production needs a secret of its own', () => {
    expect(faults({ ...PRODUCTION, IDENTITY_KEY_SECRET: '' })).toEqual(['IDENTITY_KEY_SECRET']);
    expect(faults({ ...PRODUCTION, IDENTITY_KEY_SECRET: 'only sixteen char' })).toEqual([
      'IDENTITY_KEY_SECRET',
    ]);
  });

  it('issues tokens where the issuer is /oidc of the console, and nowhere else', () => {
    const issues = (env: Record<string, string>): boolean => issuesTokens(settings({ ...BASE, ...env }));
    expect(issues({})).toBe(true);
    expect(issues({ CONSOLE_URL: 'https://credit.example' })).toBe(true);
    expect(issues({ CONSOLE_URL: 'https://console.example' })).toBe(false);
    expect(issues({ OIDC_ISSUER: 'https://sso.example/realms/credit' })).toBe(false);
    expect(consoleOrigin(settings(BASE))).toBe('https://credit.example');
    expect(faults({ ...BASE, CONSOLE_URL: 'https://credit.example/path' })).toEqual(['CONSOLE_URL']);
  });
});
