import { Module } from '@nestjs/common';
import { DisciplineModule } from '../discipline/discipline.module.js';
import { DraftRules } from './commands/draft-rules.js';
import { RuleDraftsController } from './http/rule-drafts.controller.js';
import { Drafts } from './store/drafts.js';

/** How the rules of discipline change: drafted by one person, published by another. */
@Module({
  imports: [DisciplineModule],
  controllers: [RuleDraftsController],
  providers: [DraftRules, Drafts],
})
export class RulebookModule {}
