import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type CloudEvent, HEARERS } from '#contracts';
import { type Delivery, HearsEach } from '#messaging';
import { Announce, type Tellable } from '../commands/announce.js';

/** Every fact that concerns somebody, all in one way: who is told, and in which words, is a table (`domain/telling.ts`). */
@Controller()
export class Inbox {
  constructor(private readonly announce: Announce) {}

  @HearsEach(HEARERS.notifications)
  async tell(@Payload() event: CloudEvent<Tellable>, @Ctx() { tx }: Delivery): Promise<void> {
    await this.announce.execute(tx, event);
  }
}
