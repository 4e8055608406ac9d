import { type Static, Type } from '@sinclair/typebox';
import type { BaseSettings } from '#platform';

export const measuresSettings = Type.Object({
  MEASURES_EVIDENCE_KEY: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9+/]{60,}={0,2}$',
      description:
        'P-256 private key (PKCS #8, DER, base64) that signs the answers to checks; each process makes its own ' +
        'when absent. `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -outform DER | openssl base64 -A`',
    }),
  ),
  SERVICE_LISTING_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description:
        'where the listing service is: the snapshot that reconciliation compares with comes from there',
    }),
  ),
  SERVICE_RECORDS_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: 'where the records service is: the permits on record are filled from its snapshot',
    }),
  ),
});

export type MeasuresSettings = BaseSettings & Static<typeof measuresSettings>;
