import { Module } from '@nestjs/common';
import { MessagingModule } from '#messaging';
import { Catalogue } from './catalogue/catalogue.js';
import { AcceptRecords } from './commands/accept-records.js';
import { ChangeSubject } from './commands/change-subject.js';
import { LinkSubjects } from './commands/link-subjects.js';
import { LookLog } from './commands/look-log.js';
import { PayloadSealer } from './commands/payload-sealer.js';
import { PushBatch } from './commands/push-batch.js';
import { PushRecord } from './commands/push-record.js';
import { RegisterSubject } from './commands/register-subject.js';
import { SubjectRegistrar } from './commands/subject-registrar.js';
import { CorrectRecord } from './commands/correct-record.js';
import { WithdrawRecord } from './commands/withdraw-record.js';
import { Inbox } from './events/inbox.js';
import { recordsSnapshot, subjectsSnapshot } from './events/snapshots.js';
import { AccessLogController } from './http/access-log.controller.js';
import { BatchesController } from './http/batches.controller.js';
import { RecordTypesController } from './http/record-types.controller.js';
import { RecordsController } from './http/records.controller.js';
import { SubjectsController } from './http/subjects.controller.js';
import { AccessLogQuery } from './queries/access-log.query.js';
import { BatchesQuery } from './queries/batches.query.js';
import { CreditFileQuery } from './queries/credit-file.query.js';
import { RecordsQuery } from './queries/records.query.js';
import { SubjectsQuery } from './queries/subjects.query.js';
import { FieldSealer } from './sealing/field-sealer.js';
import { KeyCheck } from './sealing/key-check.js';
import { AccessLogStore } from './store/access-log.store.js';
import { BatchesStore } from './store/batches.store.js';
import { CatalogueStore } from './store/catalogue.store.js';
import { FILE_PARTS, FileStore } from './store/file.store.js';
import { LinksStore } from './store/links.store.js';
import { RecordsStore } from './store/records.store.js';
import { SubjectsStore } from './store/subjects.store.js';

const stores = [
  AccessLogStore,
  BatchesStore,
  CatalogueStore,
  FileStore,
  LinksStore,
  RecordsStore,
  SubjectsStore,
];
const commands = [
  AcceptRecords,
  ChangeSubject,
  LinkSubjects,
  PushBatch,
  PushRecord,
  RegisterSubject,
  SubjectRegistrar,
  WithdrawRecord,
  CorrectRecord,
];
const queries = [AccessLogQuery, BatchesQuery, CreditFileQuery, RecordsQuery, SubjectsQuery];

/** Subjects, catalogue, credit records, files of records, the credit file. */
@Module({
  imports: [
    MessagingModule.forRoot({
      service: 'records',
      consumes: ['listings', 'discipline', 'grades'],
      readModels: Object.values(FILE_PARTS),
      snapshots: [subjectsSnapshot, recordsSnapshot],
    }),
  ],
  // Batches before records: `batches` is no id of a record.
  controllers: [
    BatchesController,
    RecordsController,
    SubjectsController,
    RecordTypesController,
    AccessLogController,
    Inbox,
  ],
  providers: [...stores, ...commands, ...queries, Catalogue, FieldSealer, KeyCheck, LookLog, PayloadSealer],
})
export class RecordsModule {}
