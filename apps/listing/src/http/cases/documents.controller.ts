import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type Actor, Allow, CurrentActor, Purpose } from '#platform';
import { ReadDocuments } from '../../documents/read-documents.js';
import { Looks } from '../../queries/looks.js';
import { PurposeHeader } from './reading.dto.js';

/** The letters of a case (文书): notice, decision, repair notice, answers to a request, revocation, certificate. */
@ApiTags('documents')
@Controller('api/listings/:id/documents')
export class DocumentsController {
  constructor(
    private readonly documents: ReadDocuments,
    private readonly looks: Looks,
  ) {}

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Letters of a case, each with its template, version and digests' })
  @PurposeHeader
  async list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Purpose() purpose: string | undefined,
  ): Promise<object> {
    await this.looks.at(actor, id, 'documents', purpose);
    return this.documents.ofCase(actor, id);
  }

  @Get(':documentId')
  @Allow()
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'A letter as PDF, the same bytes each time; Repr-Digest carries its SHA-256' })
  @PurposeHeader
  async file(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('documentId') documentId: string,
    @Purpose() purpose: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.looks.at(actor, id, 'document', purpose);
    const { document, pdf, sha256 } = await this.documents.file(actor, id, documentId);
    // RFC 9530: the digest of what is sent, so that a copy can be checked without asking again.
    reply.header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    reply.header('etag', `"${sha256}"`);
    reply.header('x-content-type-options', 'nosniff');
    const name = encodeURIComponent(`${document.title} ${document.no}.pdf`);
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: `inline; filename="${document.kind}.pdf"; filename*=UTF-8''${name}`,
      length: pdf.length,
    });
  }
}
