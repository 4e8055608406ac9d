import { Module } from '@nestjs/common';
import { calendarGauge, Clock, Metrics } from '#platform';
import { DisciplineLaw, LAW_OF_ANSWERS } from './commands/discipline-law.js';
import { RuleBookStore } from './store/rule-book.store.js';
import { seededLaw } from './store/seed-loader.js';

/** The dated law of answers and the rule book: what discipline and incentives both go by. */
@Module({
  providers: [
    {
      provide: LAW_OF_ANSWERS,
      inject: [Metrics, Clock],
      useFactory: (metrics: Metrics, clock: Clock) => {
        const law = seededLaw();
        calendarGauge(metrics, clock, () => law.calendar);
        return law;
      },
    },
    DisciplineLaw,
    RuleBookStore,
  ],
  exports: [LAW_OF_ANSWERS, DisciplineLaw, RuleBookStore],
})
export class LawModule {}
