import { type Static, Type } from '@sinclair/typebox';
import type { BaseSettings, ProductionRule } from '#platform';

/** Known to everyone who reads this file: good for a machine of its own, refused in production. */
export const DEVELOPMENT_FIELD_KEY = 'ZGV2ZWxvcG1lbnQga2V5LCBub3QgZm9yIGFueSB1c2U=';

const serviceUrl = (service: string) =>
  Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: `where the ${service} service is: snapshots from which the credit file is filled come from there`,
    }),
  );

export const recordsSettings = Type.Object({
  RECORDS_FIELD_KEY: Type.String({
    pattern: '^[A-Za-z0-9+/]{43}=$',
    default: DEVELOPMENT_FIELD_KEY,
    description: '32 random bytes in base64 that seal identity numbers; `openssl rand -base64 32`',
  }),
  SERVICE_LISTING_URL: serviceUrl('listing'),
  SERVICE_MEASURES_URL: serviceUrl('measures'),
  SERVICE_GRADING_URL: serviceUrl('grading'),
});

export type RecordsSettings = BaseSettings & Static<typeof recordsSettings>;

export const noDevelopmentKey: ProductionRule = (settings) =>
  settings['RECORDS_FIELD_KEY'] === DEVELOPMENT_FIELD_KEY
    ? [
        {
          name: 'RECORDS_FIELD_KEY',
          fault: 'is required: the development key is public, and so would be every identity number',
        },
      ]
    : [];
