import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, Public, requestRefusals, TextField } from '#platform';
import { readCode } from '../../documents/certificate.js';
import { Certificates } from '../../store/certificates.js';
import { Documents } from '../../store/documents.js';
import { Units } from '../../store/units.js';

class VerificationQuery {
  @TextField({
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    optional: true,
    description: 'SHA-256 of a copy, to be held against the file that was issued',
  })
  sha256?: string;
}

/** An entry that was closed comes back when its repair is found false: the paper stays, what it proves does not. */
const RESTORED = {
  reason: 'This certificate was issued, but the entry stands again or was ended anew since.',
  reasonZh: '本证明曾经签发,但所涉列入此后已经恢复或者另行终结,本证明不再有效。',
};

/** One of its receipts was found wrong on an appeal (联合惩戒办法 art. 14): it proves nothing until the unit has answered (art. 16). */
const UNLIFTED = {
  reason:
    'This certificate was issued, but measures were found since not to be lifted: it is not valid until the unit that was urged confirms that it has lifted them.',
  reasonZh: '本证明曾经签发,但此后经核查有关惩戒措施尚未解除,在被督促单位反馈解除结果前,本证明不予认可。',
};

/**
 * Verification of a certificate of closure. Whoever is off a list is found nowhere: only the holder of the code
 * sees what it certifies.
 */
@ApiTags('public register')
@Public()
@Controller('public/certificates')
export class CertificatesController {
  constructor(
    private readonly database: Database,
    private readonly certificates: Certificates,
    private readonly documents: Documents,
    private readonly units: Units,
  ) {}

  @Get(':code')
  @ApiOperation({ summary: 'Whether a certificate of closure was issued under this code, and for what' })
  async verify(@Param('code') typed: string, @Query() { sha256 }: VerificationQuery): Promise<object> {
    const code = readCode(typed);
    const found = code ? await this.certificates.find(this.database, code) : undefined;
    if (!found) throw requestRefusals.refusal('request.not-found', { what: 'certificate of this code' });
    const { caseId, documentId, department, stands, endedOn, closedOn, urged, ...certificate } = found;
    const document = await this.documents.read(this.database, caseId, documentId);
    const issued = document?.pdfSha256 ?? null;
    return {
      valid: stands && !urged,
      ...(stands ? (urged ? UNLIFTED : { endedOn, closedOn }) : RESTORED),
      ...certificate,
      department,
      departmentName: this.units.signsAs(department),
      pdfSha256: issued,
      pdfSm3: document?.pdfSm3 ?? null,
      ...(sha256 === undefined ? {} : { copyMatches: sha256 === issued }),
    };
  }
}
