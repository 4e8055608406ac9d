import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type EventOf, subjectLinked } from '#contracts';
import { type Delivery, Hears } from '#messaging';
import { PersonsOfEntities } from '../store/persons-of-entities.js';

@Controller()
export class PersonsInbox {
  constructor(private readonly persons: PersonsOfEntities) {}

  @Hears(subjectLinked)
  async subjectLinked(
    @Payload() { data }: EventOf<typeof subjectLinked>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.persons.add(tx, data);
  }
}
