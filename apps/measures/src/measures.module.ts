import { Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { MessagingModule } from '#messaging';
import { ChecksModule } from './checks/checks.module.js';
import { CHECK_CLOCKS } from './checks/store/check-log.js';
import { DISCIPLINE_CLOCKS } from './discipline/commands/action-clocks.js';
import { disciplineSnapshot } from './discipline/events/snapshot.js';
import { DisciplineModule } from './discipline/discipline.module.js';
import { INCENTIVE_CLOCKS } from './incentives/commands/task-clocks.js';
import { RulebookModule } from './rulebook/rulebook.module.js';
import { progressSnapshot } from './ledger/events/snapshot.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { PERMITS } from './permits/follow-permits.js';
import { PersonsModule } from './persons/persons.module.js';

@Module({
  imports: [
    MessagingModule.forRoot({
      service: 'measures',
      consumes: ['listings', 'grades', 'records', 'subjects'],
      readModels: [PERMITS],
      snapshots: [disciplineSnapshot, progressSnapshot],
    }),
    DeadlinesModule.forRoot({ kinds: [...DISCIPLINE_CLOCKS, ...CHECK_CLOCKS, ...INCENTIVE_CLOCKS] }),
    LedgerModule,
    DisciplineModule,
    ChecksModule,
    PersonsModule,
    RulebookModule,
  ],
})
export class MeasuresModule {}
