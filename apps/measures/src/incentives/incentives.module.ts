import { Module } from '@nestjs/common';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { LawModule } from '../discipline/law.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { PermitsModule } from '../permits/permits.module.js';
import { ActOnTask } from './commands/act-on-task.js';
import { ActOnManyTasks } from './commands/act-on-many-tasks.js';
import { FollowGrounds } from './commands/follow-grounds.js';
import { INCENTIVE_REASONS, IncentiveLaw, seededReasons } from './commands/incentive-law.js';
import { PassTaskDays } from './commands/pass-task-days.js';
import { TaskClocks } from './commands/task-clocks.js';
import { IncentivesInbox } from './events/inbox.js';
import { IncentivesController } from './http/incentives.controller.js';
import { IncentiveTasksController } from './http/tasks.controller.js';
import { FindTasks } from './queries/find-tasks.js';
import { TaskWorklist } from './queries/task-worklist.js';
import { IncentiveStatistics } from './queries/incentive-statistics.js';
import { IncentivesStore } from './store/incentives.store.js';
import { TaskStore } from './store/tasks.js';

/** What a good grade or an honour brings, and a serious listing takes away; each department that gives it answers. */
@Module({
  imports: [CommitmentsModule, PermitsModule, LawModule, ExportsModule],
  controllers: [IncentivesInbox, IncentiveTasksController, IncentivesController],
  providers: [
    { provide: INCENTIVE_REASONS, useFactory: seededReasons },
    IncentiveLaw,
    FollowGrounds,
    ActOnTask,
    ActOnManyTasks,
    PassTaskDays,
    TaskClocks,
    FindTasks,
    TaskWorklist,
    IncentiveStatistics,
    IncentivesStore,
    TaskStore,
  ],
  exports: [FollowGrounds, IncentiveStatistics, IncentivesStore, TaskStore],
})
export class IncentivesModule {}
