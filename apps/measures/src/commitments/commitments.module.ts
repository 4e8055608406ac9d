import { Module } from '@nestjs/common';
import { FollowCommitments } from './commands/follow-commitments.js';
import { CommitmentsInbox } from './events/inbox.js';
import { CommitmentsStore } from './store/commitments.store.js';

/** Broken commitments, which close the commitment procedure (ordinance art. 45). */
@Module({
  controllers: [CommitmentsInbox],
  providers: [FollowCommitments, CommitmentsStore],
  exports: [FollowCommitments],
})
export class CommitmentsModule {}
