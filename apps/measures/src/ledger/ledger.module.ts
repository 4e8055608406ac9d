import { Module } from '@nestjs/common';
import { ReportProgress } from './commands/report-progress.js';
import { MeasuresController } from './http/measures.controller.js';
import { ReadMeasures } from './queries/read-measures.js';
import { MeasureStore } from './store/measure.store.js';

/** The 45 measures: who answers for each, by when, and how far it is. */
@Module({ controllers: [MeasuresController], providers: [ReadMeasures, ReportProgress, MeasureStore] })
export class LedgerModule {}
