import { Module } from '@nestjs/common';
import { SnapshotClient } from '#messaging';
import { SETTINGS } from '#platform';
import { IncentivesModule } from '../incentives/incentives.module.js';
import type { MeasuresSettings } from '../settings.js';
import { ActOnAction } from './commands/act-on-action.js';
import { ActionClocks } from './commands/action-clocks.js';
import { ActOnMany } from './commands/act-on-many.js';
import { FollowEntry } from './commands/follow-entry.js';
import { FollowSubject } from './commands/follow-subject.js';
import { CompareListings } from './commands/compare-listings.js';
import { Heal } from './commands/heal.js';
import { Refer } from './commands/refer.js';
import { ReconcileRounds } from './commands/reconcile-rounds.js';
import { OrderActions } from './commands/order-actions.js';
import { OrderLifts } from './commands/order-lifts.js';
import { PassDays } from './commands/pass-days.js';
import { DisciplineInbox } from './events/inbox.js';
import { DisciplineController } from './http/discipline.controller.js';
import { ReconciliationController } from './http/reconciliation.controller.js';
import { ReachController } from './http/reach.controller.js';
import { ReferralsController } from './http/referrals.controller.js';
import { StatisticsController } from './http/statistics.controller.js';
import { WorklistController } from './http/worklist.controller.js';
import { LawModule } from './law.module.js';
import { ActionWorklist } from './queries/action-worklist.js';
import { FindActions } from './queries/find-actions.js';
import { FindReferrals } from './queries/find-referrals.js';
import { ReadReach } from './queries/read-reach.js';
import { ReadRules } from './queries/read-rules.js';
import { Reconcile } from './queries/reconcile.js';
import { Statistics } from './queries/statistics.js';
import { ActionStore } from './store/action.store.js';
import { CaseStore } from './store/case.store.js';
import { Corrections } from './store/corrections.js';
import { HeardOrder } from './store/heard-order.js';
import { Officers } from './store/officers.js';
import { ReferralStore } from './store/referral.store.js';
import { RoundMetrics } from './store/round-metrics.js';
import { RoundStore } from './store/round.store.js';
import { SubjectChanges } from './store/subject-changes.js';

/** The loop: ordered by law, answered by each department, lifted and proven. */
@Module({
  imports: [IncentivesModule, LawModule],
  controllers: [
    DisciplineInbox,
    DisciplineController,
    ReconciliationController,
    ReachController,
    ReferralsController,
    StatisticsController,
    WorklistController,
  ],
  providers: [
    OrderActions,
    OrderLifts,
    FollowEntry,
    FollowSubject,
    SubjectChanges,
    Refer,
    ReferralStore,
    FindReferrals,
    ActionClocks,
    ActOnAction,
    ActOnMany,
    PassDays,
    FindActions,
    ActionWorklist,
    ReadReach,
    ReadRules,
    Reconcile,
    Heal,
    CompareListings,
    {
      provide: SnapshotClient,
      useFactory: ({ SERVICE_LISTING_URL }: MeasuresSettings) =>
        new SnapshotClient((service) => (service === 'listing' ? SERVICE_LISTING_URL : undefined)),
      inject: [SETTINGS],
    },
    ReconcileRounds,
    RoundStore,
    RoundMetrics,
    Statistics,
    ActionStore,
    CaseStore,
    HeardOrder,
    Corrections,
    Officers,
  ],
  exports: [LawModule],
})
export class DisciplineModule {}
