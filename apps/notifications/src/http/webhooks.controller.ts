import { randomBytes } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { contractOf } from '#contracts';
import {
  type Actor,
  Allow,
  Clock,
  Creates,
  CurrentActor,
  Database,
  INSTANT_PART,
  ListField,
  newId,
  type Page,
  pageOf,
  PageQuery,
  pageRequest,
  SETTINGS,
  TextField,
} from '#platform';
import { notificationRefusals } from '../refusals.js';
import { type NotificationSettings, privateTargetsAllowed } from '../settings.js';
import { type DeliveryRow, type WebhookRow, Webhooks } from '../store/webhooks.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every event is stored once for each of them. */
const MOST_OF_A_UNIT = 50;

class Subscribe {
  @TextField({
    max: 2000,
    description: 'absolute http(s) address that takes the events',
    example: 'https://receiver.example/credit-events',
  })
  url!: string;

  @ListField('text', {
    max: 50,
    optional: true,
    description: 'event types; every type when absent',
    example: ['cn.chengxin.listing.ended.v1'],
  })
  types?: string[];
}

/** Subscriptions of a unit. Events are handed over as CloudEvents, signed by the Standard Webhooks specification. */
@ApiTags('webhooks')
@Allow('department-system', 'operator')
@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly db: Database,
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /** The secret is shown here once and never again. */
  @Post()
  @Creates()
  async subscribe(@CurrentActor() actor: Actor, @Body() body: Subscribe): Promise<object> {
    const url = this.#checkedUrl(body.url);
    const unknown = body.types?.find((type) => !contractOf(type));
    if (unknown) throw notificationRefusals.refusal('webhook.type-unknown', { type: unknown }, 'types');
    const row = {
      id: newId(),
      department: unitOf(actor),
      url,
      types: body.types ?? null,
      created_at: this.clock.now(),
    };
    const made = await this.db.command(async (tx) => {
      if ((await this.webhooks.countOf(tx, row.department)) >= MOST_OF_A_UNIT)
        throw notificationRefusals.refusal('webhook.too-many', { limit: MOST_OF_A_UNIT });
      await this.webhooks.add(tx, row, randomBytes(32));
      return view(row);
    });
    // The result of a command is kept for repeated requests as plain text, so the secret must not be part of it.
    const secret = await this.webhooks.secretOf(this.db, made.id);
    return { ...made, secret: `whsec_${secret.toString('base64')}` };
  }

  @Get()
  async list(@CurrentActor() actor: Actor): Promise<{ items: object[] }> {
    return { items: (await this.webhooks.listOf(this.db, unitOf(actor))).map(view) };
  }

  @Delete(':id')
  @HttpCode(204)
  async end(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    const ended = await this.db.transaction((tx) =>
      this.webhooks.end(tx, unitOf(actor), id, this.clock.now()),
    );
    if (!ended) throw notificationRefusals.refusal('webhook.not-found', { id });
  }

  @Get(':id/deliveries')
  async deliveries(
    @CurrentActor() actor: Actor,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<object>> {
    const page = pageRequest(query, INSTANT_PART, UUID);
    const rows = await this.webhooks.deliveriesOf(this.db, unitOf(actor), id, page);
    if (!rows) throw notificationRefusals.refusal('webhook.not-found', { id });
    const cut = pageOf(rows, page, (row) => [row.created_at.toISOString(), row.id]);
    return { ...cut, items: cut.items.map(deliveryView) };
  }

  #checkedUrl(text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const reason = !url
      ? 'not an absolute address'
      : !['http:', 'https:'].includes(url.protocol)
        ? `${url.protocol} is not http or https`
        : url.username || url.password
          ? 'credentials inside the address'
          : url.protocol === 'http:' && !privateTargetsAllowed(this.settings)
            ? 'http is not encrypted'
            : undefined;
    if (!url || reason)
      throw notificationRefusals.refusal('webhook.url-invalid', { reason: reason ?? '' }, 'url');
    return url.href;
  }
}

function unitOf(actor: Actor): string {
  if (!actor.department) throw notificationRefusals.refusal('notification.no-inbox');
  return actor.department;
}

function view(row: WebhookRow): { id: string; url: string; types: string[] | null; createdAt: string } {
  return { id: row.id, url: row.url, types: row.types, createdAt: row.created_at.toISOString() };
}

function deliveryView(row: DeliveryRow): object {
  return {
    id: row.id,
    eventId: row.event_id,
    type: row.event_type,
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at.toISOString(),
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}
