import { Injectable } from '@nestjs/common';
import { Database, type Page, pageOf, type PageRequest } from '#platform';
import { AccessLogStore } from '../store/access-log.store.js';

export interface ShownLook {
  id: number;
  at: string;
  actor: string;
  actorName: string;
  department: string | null;
  subject: string | null;
  what: string;
  purpose: string;
  traceId: string;
}

@Injectable()
export class AccessLogQuery {
  constructor(
    private readonly db: Database,
    private readonly log: AccessLogStore,
  ) {}

  async list(filter: { subject?: string; department?: string }, page: PageRequest): Promise<Page<ShownLook>> {
    const { items, next } = pageOf(await this.log.list(this.db, filter, page), page, (row) => [
      String(row.id),
    ]);
    const shown = items.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      actorName: row.actor_name,
      department: row.department,
      subject: row.subject_id,
      what: row.what,
      purpose: row.purpose,
      traceId: row.trace_id,
    }));
    return { items: shown, ...(next ? { next } : {}) };
  }
}
