import { Injectable } from '@nestjs/common';
import { type CloudEvent, noticeDelivered, type SubjectRef } from '#contracts';
import { publishAll } from '#messaging';
import { Clock, platformActor, type Tx } from '#platform';
import { noticesFor, type Told } from '../domain/telling.js';
import { Notices } from '../store/notices.js';
import { Webhooks } from '../store/webhooks.js';
import { WebhookQueue } from '../webhooks/queue.js';

/** What the texts and recipients need of any event; each event has some of it. */
export interface Tellable {
  /** absent of a clue, which names nobody yet */
  subject?: SubjectRef;
  case?: { id: string; no: string; listName: string; department: string };
  action?: { title: string; executor: string };
  /** of a letter, or of hits in an approval: the unit that must answer */
  unit?: string | null;
  record?: { documentNo: string; provider: string };
  /** of a review that is asked of the unit above; null: it is no unit */
  review?: { unit: string | null };
  /** of the repair of a record: what, and who decides */
  repair?: { record: { documentNo: string }; department: string };
  clue?: { name: string; department: string; receivedOn: string };
  recordObjection?: { record: { documentNo: string }; department: string };
  incentive?: { title: string; executors: string[]; ground: { text: string } };
  referral?: { title: string; receivers: string[] };
  changed?: unknown;
  /** of an escalation: the lead unit */
  to?: string;
  /** of a grade: what it was computed for; of a withdrawal: a word */
  cause?: string | { caseId: string | null };
}

/** Tells everybody whom a fact concerns, and hands it to every subscriber that wants its type. */
@Injectable()
export class Announce {
  constructor(
    private readonly notices: Notices,
    private readonly webhooks: Webhooks,
    private readonly queue: WebhookQueue,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Tx, event: CloudEvent<Tellable>): Promise<void> {
    const { data } = event;
    const caseId = data.case?.id ?? (typeof data.cause === 'object' ? data.cause.caseId : null);
    const cause = { eventId: event.id, type: event.type, subjectId: event.subject, caseId };
    const told = noticesFor(toldBy(event));
    if (told.length > 0) {
      const rows = await this.notices.add(tx, cause, told, this.clock.now());
      await publishAll(
        tx,
        rows.map((row) => ({
          contract: noticeDelivered,
          subject: event.subject,
          actor: platformActor('notifications'),
          data: {
            notice: {
              id: row.id,
              causeEventId: row.cause_event_id,
              causeType: row.cause_type,
              subjectId: row.subject_id,
              caseId: row.case_id,
              recipient: { kind: row.recipient_kind, id: row.recipient_id },
              channel: 'in-app' as const,
            },
            proof: 'stored in the inbox of the recipient',
          },
        })),
      );
    }
    const deliveries = await this.webhooks.fanOut(tx, {
      id: event.id,
      type: event.type,
      subject: event.subject,
      caseId,
      envelope: JSON.stringify(event),
      onlyTo: event.audience === 'restricted' ? unitsConcerned(data) : null,
    });
    tx.afterCommit(() => this.queue.wake(deliveries));
  }
}

/** Before a decision it is nobody's business but theirs that there is a case: who runs it, who acts in it, whose record it is. */
function unitsConcerned({ case: listing, action, unit, record, ...rest }: Tellable): string[] {
  const finder = (rest.repair ?? rest.recordObjection ?? rest.clue)?.department;
  const above = rest.review?.unit;
  const concerned = [listing?.department, action?.executor, unit, record?.provider, finder, above];
  return concerned.filter((unit) => typeof unit === 'string');
}

function toldBy(event: CloudEvent<Tellable>): Told {
  const { subject, case: listing, action, unit, record, incentive, referral, ...rest } = event.data;
  // What is asked of the unit that made a record, about that record.
  const asked = rest.repair ?? rest.recordObjection;
  const scalars = Object.entries(rest).filter(
    ([, value]) => value === null || ['string', 'number'].includes(typeof value),
  );
  return {
    fact: event.type.replace(/^cn\.chengxin\./, '').replace(/\.v\d+$/, ''),
    subject,
    owner: listing?.department ?? asked?.department ?? rest.clue?.department,
    above: rest.review?.unit ?? undefined,
    executor: action?.executor ?? unit ?? undefined,
    provider: record?.provider,
    ...(event.data.to === undefined ? {} : { lead: event.data.to }),
    ...(incentive ? { givers: incentive.executors } : {}),
    ...(referral ? { receivers: referral.receivers } : {}),
    worthTelling: event.data.changed !== false,
    names: {
      caseNo: listing?.no,
      listName: listing?.listName,
      title: action?.title ?? incentive?.title ?? referral?.title,
      ground: incentive?.ground.text,
      subjectName: subject?.name,
      clueName: rest.clue?.name,
      receivedOn: rest.clue?.receivedOn,
      executor: action?.executor,
      unit,
      documentNo: record?.documentNo ?? asked?.record.documentNo,
      ...(Object.fromEntries(scalars) as Record<string, string | number | null>),
    },
  };
}
