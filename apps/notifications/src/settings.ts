import { type Static, Type } from '@sinclair/typebox';
import type { BaseSettings, ProductionRule } from '#platform';

const DEVELOPMENT_KEY = 'development-only-key';

export const notificationSettings = Type.Object({
  REDIS_URL: Type.String({ pattern: '^rediss?://', description: 'redis://host:port' }),
  REDIS_PREFIX: Type.String({ pattern: '^[a-zA-Z0-9._-]{1,60}$', default: 'chengxin' }),
  NOTIFICATIONS_KEY_SECRET: Type.String({
    minLength: 16,
    default: DEVELOPMENT_KEY,
    description: 'encrypts the secrets of subscribers',
  }),
  /** Loopback and private addresses as webhook targets: only on a developer's machine. */
  WEBHOOK_PRIVATE_TARGETS: Type.Optional(Type.Union([Type.Literal('allow'), Type.Literal('refuse')])),
});

export type NotificationSettings = Static<typeof notificationSettings> & BaseSettings;

export function privateTargetsAllowed(settings: NotificationSettings): boolean {
  return settings.WEBHOOK_PRIVATE_TARGETS
    ? settings.WEBHOOK_PRIVATE_TARGETS === 'allow'
    : settings.NODE_ENV !== 'production';
}

export const notificationProductionRules: ProductionRule = (settings) => [
  ...(settings['NOTIFICATIONS_KEY_SECRET'] === DEVELOPMENT_KEY
    ? [
        {
          name: 'NOTIFICATIONS_KEY_SECRET',
          fault: 'is required in production: it encrypts the secrets of subscribers',
        },
      ]
    : []),
  ...(settings['WEBHOOK_PRIVATE_TARGETS'] === 'allow'
    ? [
        {
          name: 'WEBHOOK_PRIVATE_TARGETS',
          fault: 'must not be "allow" in production: a subscriber could reach services inside the network',
        },
      ]
    : []),
];
