export { Delivery, JointDelivery } from './inbox/delivery.js';
export { WiringFault } from './inbox/handlers.js';
export { Hears, HearsEach, HearsTogether } from './inbox/hears.js';
export {
  attachConsumer,
  MessagingModule,
  messagingMigrations,
  type MessagingOptions,
} from './messaging.module.js';
export { LARGEST_EVENT_BYTES, type Publication, UnfitPublication } from './outbox/envelope.js';
export {
  prepareAll,
  type Prepared,
  publish,
  publishAll,
  type Published,
  publishPrepared,
} from './outbox/publish.js';
export type { ReadModel } from './replay/read-model.js';
export {
  LinesDigest,
  type SnapshotEnd,
  type SnapshotLine,
  type SnapshotSource,
  type StandingFact,
} from './replay/snapshot.js';
export { SnapshotClient } from './replay/snapshot-client.js';
export { RelayModule } from './relay.module.js';
