import { Module } from '@nestjs/common';
import { MessagingModule } from '#messaging';
import { Announce } from './commands/announce.js';
import { DeliverWebhook } from './commands/deliver-webhook.js';
import { Inbox } from './events/inbox.js';
import { NotificationsController } from './http/notifications.controller.js';
import { WebhooksController } from './http/webhooks.controller.js';
import { Notices } from './store/notices.js';
import { Webhooks } from './store/webhooks.js';
import { WebhookQueue } from './webhooks/queue.js';
import { WebhookSender } from './webhooks/sender.js';

@Module({
  imports: [
    MessagingModule.forRoot({
      service: 'notifications',
      consumes: ['records', 'cases', 'listings', 'discipline', 'grades'],
    }),
  ],
  controllers: [Inbox, NotificationsController, WebhooksController],
  providers: [Announce, DeliverWebhook, Notices, Webhooks, WebhookQueue, WebhookSender],
})
export class NotificationsModule {}
