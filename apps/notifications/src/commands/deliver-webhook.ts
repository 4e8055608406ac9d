import { Injectable } from '@nestjs/common';
import { noticeFailed } from '#contracts';
import { publish } from '#messaging';
import { Database, platformActor } from '#platform';
import { givesUp, waitAfter } from '../domain/backoff.js';
import { Webhooks } from '../store/webhooks.js';
import { WebhookSender } from '../webhooks/sender.js';

/**
 * One attempt at one delivery. At least once: a process that dies between the receiver's answer and the
 * row is followed by a second attempt with the same `webhook-id`, by which receivers recognise it.
 */
@Injectable()
export class DeliverWebhook {
  constructor(
    private readonly db: Database,
    private readonly webhooks: Webhooks,
    private readonly sender: WebhookSender,
  ) {}

  async execute(id: string): Promise<'delivered' | 'later' | 'failed' | 'not-due'> {
    const delivery = await this.webhooks.claim(this.db, id);
    if (!delivery) return 'not-due';
    const attempt = await this.sender.attempt(delivery, delivery.event_id, delivery.envelope);
    return this.db.transaction(async (tx) => {
      if (attempt.ok) {
        await this.webhooks.delivered(tx, id, attempt.status);
        return 'delivered';
      }
      const wait =
        attempt.status !== null && givesUp(attempt.status) ? undefined : waitAfter(delivery.attempts);
      if (wait !== undefined) {
        await this.webhooks.retryLater(tx, id, attempt, wait);
        return 'later';
      }
      await this.webhooks.failed(tx, id, attempt);
      await publish(tx, {
        contract: noticeFailed,
        subject: delivery.subject_id,
        actor: platformActor('notifications'),
        data: {
          notice: {
            id: delivery.id,
            causeEventId: delivery.event_id,
            causeType: delivery.event_type,
            subjectId: delivery.subject_id,
            caseId: delivery.case_id,
            recipient: { kind: 'subscriber', id: delivery.webhook_id },
            channel: 'webhook',
          },
          reason: attempt.error,
          attempts: delivery.attempts,
        },
      });
      return 'failed';
    });
  }
}
