import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JWK } from 'jose';
import { Public } from '#platform';
import { Evidence } from '../evidence/evidence.js';

@ApiTags('public')
@Controller('public/discipline/evidence-keys')
export class EvidenceKeysController {
  constructor(private readonly evidence: Evidence) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Keys against which the evidence of checks is verified (JWK set)' })
  keys(): Promise<{ keys: JWK[] }> {
    return this.evidence.keys();
  }
}
