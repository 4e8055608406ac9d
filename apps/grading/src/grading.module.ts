import { Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { MessagingModule } from '#messaging';
import { HearListing } from './commands/hear-listing.js';
import { HearRecord } from './commands/hear-record.js';
import { DECAY, Regrade } from './commands/regrade.js';
import { GradingInbox } from './events/inbox.js';
import { gradesSnapshot } from './events/snapshot.js';
import { GradingController } from './http/grading.controller.js';
import { ReadGrades } from './queries/read-grades.js';
import { ReadModels } from './queries/read-models.js';
import { GradeStore } from './store/grade.store.js';
import { InputStore } from './store/input.store.js';
import { ModelStore } from './store/model.store.js';

/** Everything but the broker and the clocks' rhythm. */
export const gradingParts = {
  controllers: [GradingInbox, GradingController],
  providers: [HearRecord, HearListing, Regrade, ReadGrades, ReadModels, InputStore, GradeStore, ModelStore],
};

@Module({
  ...gradingParts,
  imports: [
    MessagingModule.forRoot({
      service: 'grading',
      consumes: ['records', 'listings'],
      snapshots: [gradesSnapshot],
    }),
    DeadlinesModule.forRoot({ kinds: [DECAY] }),
  ],
})
export class GradingModule {}
