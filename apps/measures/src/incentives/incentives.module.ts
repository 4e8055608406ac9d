import { Module } from '@nestjs/common';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { PermitsModule } from '../permits/permits.module.js';
import { FollowGrounds } from './commands/follow-grounds.js';
import { IncentivesInbox } from './events/inbox.js';
import { IncentivesController } from './http/incentives.controller.js';
import { IncentivesStore } from './store/incentives.store.js';

/** What a good grade or an honour brings, and a serious listing takes away. */
@Module({
  imports: [CommitmentsModule, PermitsModule],
  controllers: [IncentivesInbox, IncentivesController],
  providers: [FollowGrounds, IncentivesStore],
  exports: [FollowGrounds],
})
export class IncentivesModule {}
