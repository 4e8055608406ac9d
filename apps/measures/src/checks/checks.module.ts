import { Module } from '@nestjs/common';
import { DisciplineModule } from '../discipline/discipline.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { AnswerHit } from './commands/answer-hit.js';
import { AnswerHits } from './commands/answer-hits.js';
import { AskCheck } from './commands/ask-check.js';
import { CheckDesk } from './commands/check-desk.js';
import { DeclareDecisions } from './commands/declare-decisions.js';
import { PassHitDays } from './commands/pass-hit-days.js';
import { Evidence } from './evidence/evidence.js';
import { ChecksController } from './http/checks.controller.js';
import { DeclarationsController } from './http/declarations.controller.js';
import { EvidenceKeysController } from './http/evidence-keys.controller.js';
import { ReadChecks } from './queries/read-checks.js';
import { ReadCoverage } from './queries/read-coverage.js';
import { CheckLog } from './store/check-log.js';
import { CommitmentClosings } from './store/commitment-closings.js';
import { Declarations } from './store/declarations.js';
import { Hits } from './store/hits.js';
import { Standings } from './store/standings.js';

/** The check inside an approval: what binds a subject here, asked, logged, answered for. */
@Module({
  imports: [DisciplineModule, ExportsModule],
  controllers: [DeclarationsController, ChecksController, EvidenceKeysController],
  providers: [
    AskCheck,
    AnswerHit,
    AnswerHits,
    PassHitDays,
    CheckDesk,
    Evidence,
    ReadChecks,
    ReadCoverage,
    DeclareDecisions,
    Declarations,
    CheckLog,
    Hits,
    Standings,
    CommitmentClosings,
  ],
})
export class ChecksModule {}
