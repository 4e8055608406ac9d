import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SubjectRef } from '#contracts';
import type { Actor, Page } from '#platform';
import { Allow, Creates, CurrentActor, IfMatch, PageQuery, pageRequest, Purpose } from '#platform';
import { ChangeSubject } from '../commands/change-subject.js';
import { LinkSubjects } from '../commands/link-subjects.js';
import { identityGiven, type RegisteredSubject, RegisterSubject } from '../commands/register-subject.js';
import { type CreditFile, CreditFileQuery } from '../queries/credit-file.query.js';
import { READERS } from '../queries/readers.js';
import { RecordsQuery, type ShownRecord } from '../queries/records.query.js';
import { SubjectsQuery } from '../queries/subjects.query.js';
import type { LinkRow } from '../store/links.store.js';

import {
  LinkBody,
  SubjectBody,
  SubjectChangeBody,
  SubjectMatchBody,
  SubjectSearchQuery,
} from './requests.js';
import { UUID, UuidParam } from './uuid-param.js';

const TEXT = /^/;

const PURPOSE = {
  name: 'X-Purpose',
  required: false,
  description: 'purpose and legal basis; demanded for natural persons, and logged',
};

@ApiTags('subjects')
@Controller('api/subjects')
export class SubjectsController {
  constructor(
    private readonly registerSubject: RegisterSubject,
    private readonly changeSubject: ChangeSubject,
    private readonly linkSubjects: LinkSubjects,
    private readonly subjects: SubjectsQuery,
    private readonly files: CreditFileQuery,
    private readonly records: RecordsQuery,
  ) {}

  @Post()
  @Allow('department-system', 'handler')
  @Creates()
  @ApiOperation({ summary: 'Register a subject. 201 when it is new, 200 when it was known.' })
  async register(
    @CurrentActor() actor: Actor,
    @Body() body: SubjectBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredSubject> {
    const registered = await this.registerSubject.register(actor, body);
    void reply.status(registered.existing ? 200 : 201);
    return registered;
  }

  @Get()
  @Allow(...READERS)
  @ApiHeader(PURPOSE)
  @ApiOperation({ summary: 'Search by part of the name, kind, division.' })
  search(
    @CurrentActor() actor: Actor,
    @Query() query: SubjectSearchQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<Page<SubjectRef>> {
    const { name, kind, region } = query;
    return this.subjects.search(actor, { name, kind, region }, pageRequest(query, TEXT, UUID), purpose);
  }

  @Post('match')
  @HttpCode(200)
  @Allow(...READERS)
  @ApiHeader(PURPOSE)
  @ApiOperation({
    summary: 'Find a subject by its number, which stays in the body: {subject} or {subject: null}.',
  })
  async match(
    @CurrentActor() actor: Actor,
    @Body() body: SubjectMatchBody,
    @Purpose() purpose: string | undefined,
  ): Promise<{ subject: SubjectRef | null }> {
    return { subject: await this.subjects.match(actor, identityGiven(body), purpose) };
  }

  @Get(':codeOrId')
  @Allow(...READERS, 'party')
  @ApiHeader(PURPOSE)
  @ApiOperation({
    summary: 'The credit file: records, live listings, grades, discipline, links. A party sees its own.',
  })
  file(
    @CurrentActor() actor: Actor,
    @Param('codeOrId') codeOrId: string,
    @Purpose() purpose: string | undefined,
  ): Promise<CreditFile> {
    return this.files.read(actor, codeOrId, purpose);
  }

  @Get(':codeOrId/records')
  @Allow(...READERS, 'party')
  @ApiHeader(PURPOSE)
  @ApiOperation({ summary: 'All records of a subject, newest decision first.' })
  async recordsOf(
    @CurrentActor() actor: Actor,
    @Param('codeOrId') codeOrId: string,
    @Query() query: PageQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<Page<ShownRecord>> {
    const page = pageRequest(query, UUID);
    const subject = await this.files.find(actor, codeOrId, purpose, 'records');
    return this.records.ofSubject(subject.id, page);
  }

  @Patch(':id')
  @Allow('department-system', 'handler')
  @ApiOperation({ summary: 'Change name or division of a subject that the own unit registered.' })
  change(
    @CurrentActor() actor: Actor,
    @Param('id', UuidParam) id: string,
    @IfMatch() version: number,
    @Body() body: SubjectChangeBody,
  ): Promise<RegisteredSubject> {
    return this.changeSubject.change(actor, id, version, body);
  }

  @Post(':id/links')
  @Allow('department-system', 'handler')
  @Creates()
  @ApiOperation({
    summary: 'Tell who stands behind an organisation. 201 when it is new, 200 when it was known.',
  })
  async link(
    @CurrentActor() actor: Actor,
    @Param('id', UuidParam) id: string,
    @Body() body: LinkBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkRow> {
    const { existing, ...link } = await this.linkSubjects.add(actor, id, body);
    void reply.status(existing ? 200 : 201);
    return link;
  }
}
