import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#platform';
import { type ConsoleSettings, serviceUrls } from '../settings.js';
import { certificatePage, noCertificatePage, type VerifiedCertificate } from './certificate-page.js';

/** The page behind the QR code on a certificate of closure; what it says comes from the listing service. */
@Injectable()
export class CertificatePages {
  constructor(@Inject(SETTINGS) private readonly settings: ConsoleSettings) {}

  async of(code: string): Promise<{ status: number; html: string }> {
    const address = `${serviceUrls(this.settings).listing}/public/certificates/${encodeURIComponent(code)}`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    if (answer?.ok)
      return { status: 200, html: certificatePage((await answer.json()) as VerifiedCertificate) };
    if (answer?.status === 404) {
      const zh = '没有以此核验码签发的证明。请核对纸面上的核验码。';
      return {
        status: 404,
        html: noCertificatePage(zh, 'No certificate was issued under this code. Check it on the paper.'),
      };
    }
    const zh = '暂时无法查验,请稍后再试;这不说明证明无效。';
    const en = 'It cannot be verified at the moment; that says nothing against the certificate.';
    return { status: 503, html: noCertificatePage(zh, en) };
  }
}
