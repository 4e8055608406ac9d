import { Module } from '@nestjs/common';
import { DisciplineModule } from '../discipline/discipline.module.js';
import { DraftEditions } from './commands/draft-editions.js';
import { DraftRules } from './commands/draft-rules.js';
import { EditionDraftsController } from './http/edition-drafts.controller.js';
import { RuleDraftsController } from './http/rule-drafts.controller.js';
import { Drafts } from './store/drafts.js';
import { EditionDrafts } from './store/edition-drafts.js';

/** How the rules of discipline and the closed lists change: drafted by one person, published by another. */
@Module({
  imports: [DisciplineModule],
  controllers: [RuleDraftsController, EditionDraftsController],
  providers: [DraftRules, Drafts, DraftEditions, EditionDrafts],
})
export class RulebookModule {}
