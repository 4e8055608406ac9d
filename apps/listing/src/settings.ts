import { type Static, Type } from '@sinclair/typebox';
import type { BaseSettings } from '#platform';

export const listingSettings = Type.Object({
  CONSOLE_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description:
        'where people reach the console, without a path: printed on certificates, so that whoever holds one can ' +
        'verify it; the origin of an OIDC_ISSUER that ends in /oidc when absent',
    }),
  ),
});

export type ListingSettings = BaseSettings & Static<typeof listingSettings>;

/** Where a certificate is verified, as it is printed on it; null where no address of the platform is known. */
export function verifiedAt(settings: ListingSettings, code: string): string | null {
  const issuer = new URL(settings.OIDC_ISSUER);
  const origin = settings.CONSOLE_URL ?? (issuer.pathname === '/oidc' ? issuer.origin : null);
  return origin && `${origin}/certificates/${code}`;
}
