import { Module } from '@nestjs/common';
import { PersonsInbox } from './events/inbox.js';
import { PersonsOfEntities } from './store/persons-of-entities.js';

/** Persons behind organisations, whom some measures bind instead of the organisation that is listed. */
@Module({ controllers: [PersonsInbox], providers: [PersonsOfEntities] })
export class PersonsModule {}
