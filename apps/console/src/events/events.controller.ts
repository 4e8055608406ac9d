import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { asyncApiDocument, contractOf, dataSchema } from '#contracts';
import { Public, SETTINGS } from '#platform';
import { PAGE_HEADERS } from '../pages/html.js';
import { consoleRefusals } from '../refusals.js';
import type { ConsoleSettings } from '../settings.js';
import { eventsPage } from './events-page.js';

/** They change with a release only. */
const CACHED = 'public, max-age=300';

/** What flows over Kafka, for machines and for people. Contracts are no secret: they hold no data. */
@ApiExcludeController()
@Public()
@Controller()
export class EventsController {
  readonly #page: string;
  readonly #document: string;

  constructor(@Inject(SETTINGS) { CHENGXIN_TOPIC_PREFIX: prefix }: ConsoleSettings) {
    this.#page = eventsPage(prefix);
    this.#document = JSON.stringify(asyncApiDocument({ prefix }));
  }

  @Get('events')
  read(@Res() reply: FastifyReply): void {
    void reply.headers(PAGE_HEADERS).send(this.#page);
  }

  @Get('asyncapi.json')
  document(@Res() reply: FastifyReply): void {
    void reply.type('application/json').header('cache-control', CACHED).send(this.#document);
  }

  /** The schema that an event names in `dataschema`: `urn:chengxin:schema:<type>` → `/schemas/<type>.json`. */
  @Get('schemas/:file')
  schema(@Param('file') file: string, @Res() reply: FastifyReply): void {
    const contract = file.endsWith('.json') ? contractOf(file.slice(0, -'.json'.length)) : undefined;
    if (!contract) throw consoleRefusals.refusal('console.schema-unknown', { file });
    void reply
      .type('application/schema+json')
      .header('cache-control', CACHED)
      .send(JSON.stringify(dataSchema(contract)));
  }
}
