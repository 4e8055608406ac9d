import { Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { MessagingModule } from '#messaging';
import { DISCIPLINE_CLOCKS } from './discipline/commands/pass-days.js';
import { DisciplineModule } from './discipline/discipline.module.js';
import { LedgerModule } from './ledger/ledger.module.js';

@Module({
  imports: [
    MessagingModule.forRoot({ service: 'measures', consumes: ['listings'] }),
    DeadlinesModule.forRoot({ kinds: DISCIPLINE_CLOCKS }),
    LedgerModule,
    DisciplineModule,
  ],
})
export class MeasuresModule {}
