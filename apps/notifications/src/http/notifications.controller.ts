import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  Clock,
  CurrentActor,
  Database,
  INSTANT_PART,
  type Page,
  pageOf,
  PageQuery,
  pageRequest,
  TextField,
} from '#platform';
import { notificationRefusals } from '../refusals.js';
import { type Inbox, type NoticeRow, Notices } from '../store/notices.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

class NoticeQuery extends PageQuery {
  @TextField({ max: 36, pattern: UUID, optional: true, description: 'only notices about this case' })
  caseId?: string;
}

interface NoticeView {
  id: string;
  /** type of the event that is told */
  type: string;
  eventId: string;
  caseId: string | null;
  zh: string;
  en: string;
  toldAt: string;
  readAt: string | null;
  version: number;
}

@ApiTags('notifications')
@Controller('api/notifications')
export class NotificationsController {
  constructor(
    private readonly db: Database,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /** The inbox of the party or the unit for which the caller acts, newest first. */
  @Get()
  @Allow()
  async list(@CurrentActor() actor: Actor, @Query() query: NoticeQuery): Promise<Page<NoticeView>> {
    const page = pageRequest(query, INSTANT_PART, UUID);
    const rows = await this.notices.list(this.db, inboxOf(actor), query.caseId, page);
    const cut = pageOf(rows, page, (row) => [row.told_at.toISOString(), row.id]);
    return { ...cut, items: cut.items.map(view) };
  }

  @Post(':id/read')
  @HttpCode(200)
  @Allow()
  async read(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<NoticeView> {
    return this.db.command(async (tx) => {
      const row = await this.notices.markRead(tx, inboxOf(actor), id, this.clock.now());
      if (!row) throw notificationRefusals.refusal('notification.not-found', { id });
      return view(row);
    });
  }
}

function inboxOf(actor: Actor): Inbox {
  if (actor.party) return { kind: 'party', id: actor.party };
  if (actor.department) return { kind: 'unit', id: actor.department };
  throw notificationRefusals.refusal('notification.no-inbox');
}

function view(row: NoticeRow): NoticeView {
  return {
    id: row.id,
    type: row.cause_type,
    eventId: row.cause_event_id,
    caseId: row.case_id,
    zh: row.zh,
    en: row.en,
    toldAt: row.told_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
    version: row.version,
  };
}
