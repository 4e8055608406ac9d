import { Module } from '@nestjs/common';
import { FollowPermits } from './follow-permits.js';

/** Permits and honours on record, which the coverage of checks is held against. */
@Module({ providers: [FollowPermits], exports: [FollowPermits] })
export class PermitsModule {}
