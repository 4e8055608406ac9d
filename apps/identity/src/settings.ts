import { type Static, Type } from '@sinclair/typebox';
import type { BaseSettings, ProductionRule } from '#platform';

const DEVELOPMENT_SECRET = 'development-only-secret-of-identity';

export const identitySettings = Type.Object({
  CONSOLE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: 'where people reach the console, without a path; the origin of OIDC_ISSUER when absent',
    }),
  ),
  IDENTITY_KEY_SECRET: Type.String({
    minLength: 16,
    default: DEVELOPMENT_SECRET,
    description: 'seals the signing keys that the database keeps',
  }),
  IDENTITY_TOKEN_SECONDS: Type.Integer({ minimum: 1, maximum: 3600, default: 600 }),
  /** How long the login form waits for its person. */
  IDENTITY_LOGIN_SECONDS: Type.Integer({ minimum: 1, maximum: 3600, default: 600 }),
  /** A working day: after that, log in again. */
  IDENTITY_SESSION_SECONDS: Type.Integer({ minimum: 60, maximum: 86_400, default: 28_800 }),
  CHENGXIN_DEMO_ACCOUNTS: Type.Optional(
    Type.Boolean({ description: 'logins with well-known passwords; on in development and test when absent' }),
  ),
});

export type IdentitySettings = Static<typeof identitySettings> & BaseSettings;

export const CONSOLE_CLIENT = 'chengxin-console';

export function demoAccountsOn(settings: IdentitySettings): boolean {
  return settings.CHENGXIN_DEMO_ACCOUNTS ?? settings.NODE_ENV !== 'production';
}

export function consoleOrigin(settings: IdentitySettings): string {
  return settings.CONSOLE_URL ?? new URL(settings.OIDC_ISSUER).origin;
}

/**
 * The provider in here is the issuer when OIDC_ISSUER is `/oidc` of the console. Any other address is another
 * issuer: then this process keeps the units and issues nothing.
 */
export function issuesTokens(settings: IdentitySettings): boolean {
  return settings.OIDC_ISSUER === `${consoleOrigin(settings)}/oidc`;
}

export const identityProductionRules: ProductionRule = (settings) => {
  const faults = [];
  const secret = String(settings['IDENTITY_KEY_SECRET']);
  if (secret === DEVELOPMENT_SECRET || secret.length < 32) {
    const fault =
      'is required in production, at least 32 random characters: it seals the keys that sign every token';
    faults.push({ name: 'IDENTITY_KEY_SECRET', fault });
  }
  if (settings['CHENGXIN_DEMO_ACCOUNTS'] === true) {
    const fault = 'must be off in production: the passwords of the demonstration stand in the README';
    faults.push({ name: 'CHENGXIN_DEMO_ACCOUNTS', fault });
  }
  return faults;
};
