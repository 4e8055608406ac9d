import { type Static, Type } from '@sinclair/typebox';
import { type BaseSettings, baseSettings } from '#platform';
import { SERVICES, type ServiceName } from './proxy/prefixes.js';

const serviceUrl = (port: number): ReturnType<typeof Type.String> =>
  Type.String({
    pattern: '^https?://[^/?#]+$',
    default: `http://127.0.0.1:${port}`,
    description: 'an origin, without a path',
  });

export const consoleSettings = Type.Object({
  CONSOLE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description:
        'where people reach this console, without a path; the origin of an OIDC_ISSUER that ends in /oidc when absent',
    }),
  ),
  TRUSTED_PROXIES: Type.String({
    default: '',
    description: 'load balancers in front, as addresses or networks, separated by commas',
  }),
  CHENGXIN_TOPIC_PREFIX: baseSettings.properties.CHENGXIN_TOPIC_PREFIX,
  SERVICE_IDENTITY_URL: serviceUrl(7101),
  SERVICE_RECORDS_URL: serviceUrl(7102),
  SERVICE_LISTING_URL: serviceUrl(7103),
  SERVICE_MEASURES_URL: serviceUrl(7104),
  SERVICE_GRADING_URL: serviceUrl(7105),
  SERVICE_NOTIFICATIONS_URL: serviceUrl(7106),
});

export type ConsoleSettings = Static<typeof consoleSettings> & BaseSettings;

export function serviceUrls(settings: ConsoleSettings): Record<ServiceName, string> {
  const url = (name: ServiceName): string =>
    settings[`SERVICE_${name.toUpperCase() as Uppercase<ServiceName>}_URL`];
  return Object.fromEntries(SERVICES.map((name) => [name, url(name)])) as Record<ServiceName, string>;
}

export function consoleOrigin(settings: ConsoleSettings): string {
  if (settings.CONSOLE_URL) return settings.CONSOLE_URL;
  const issuer = new URL(settings.OIDC_ISSUER);
  return issuer.pathname === '/oidc' ? issuer.origin : `http://127.0.0.1:${settings.PORT}`;
}
