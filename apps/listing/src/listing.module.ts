import { Module } from '@nestjs/common';
import { DeadlinesModule } from '#deadlines';
import { MessagingModule } from '#messaging';
import { CaseChanges } from './commands/case-changes.js';
import { CollectReceipts } from './commands/collect-receipts.js';
import { FollowRecords } from './commands/follow-records.js';
import { HandleObjections } from './commands/handle-objections.js';
import { ObjectionBook } from './commands/objection-book.js';
import { HandleRecordObjections } from './commands/handle-record-objections.js';
import { HandleRecordRepairs } from './commands/handle-record-repairs.js';
import { HandIn } from './commands/hand-in.js';
import { HandleClues } from './commands/handle-clues.js';
import { OpenCaseCommand } from './commands/open-case.js';
import { RequestRepair } from './commands/request-repair.js';
import { DEADLINE_KINDS, RunClocks } from './commands/run-clocks.js';
import { StateDefence } from './commands/state-defence.js';
import { TakeStep } from './commands/take-step.js';
import { IssueDocuments } from './documents/issue-documents.js';
import { ReadDocuments } from './documents/read-documents.js';
import { Inbox } from './events/inbox.js';
import { listingsSnapshot } from './events/snapshot.js';
import { AttachmentsController } from './http/cases/attachments.controller.js';
import { CalendarsController } from './http/rules/calendars.controller.js';
import { CasesController } from './http/cases/cases.controller.js';
import { CertificatesController } from './http/cases/certificates.controller.js';
import { DocumentsController } from './http/cases/documents.controller.js';
import { EntryController } from './http/register/entry.controller.js';
import { ListTypeDraftsController } from './http/rules/list-type-drafts.controller.js';
import { ListTypesController } from './http/rules/list-types.controller.js';
import { ObjectionsController } from './http/objections/objections.controller.js';
import { RegisterController } from './http/register/register.controller.js';
import { RecordFilesController } from './http/repairs/record-files.controller.js';
import { RecordRepairsController } from './http/repairs/record-repairs.controller.js';
import { RepairsController } from './http/repairs/repairs.controller.js';
import { CluesController } from './http/cases/clues.controller.js';
import { SideStepsController } from './http/cases/side-steps.controller.js';
import { StepsController } from './http/cases/steps.controller.js';
import { WorklistController } from './http/cases/worklist.controller.js';
import { Laggards } from './queries/laggards.js';
import { Looks } from './queries/looks.js';
import { ChangeCalendars } from './list-types/change-calendars.js';
import { ChangeListTypes } from './list-types/change-list-types.js';
import { Drafts } from './list-types/drafts.js';
import { ReadCases } from './queries/read-cases.js';
import { RegisterFile } from './register/register-file.js';
import { Snapshots } from './register/snapshots.js';
import { Attachments } from './store/attachments.js';
import { AccessLog } from './store/access-log.js';
import { ReadClues } from './queries/read-clues.js';
import { ReadObjections } from './queries/read-objections.js';
import { ReadRecordRepairs } from './queries/read-record-repairs.js';
import { ReadRepairs } from './queries/read-repairs.js';
import { Cases } from './store/cases.js';
import { Clues } from './store/clues.js';
import { Certificates } from './store/certificates.js';
import { Closures } from './store/closures.js';
import { DecisionNumbers } from './store/decision-numbers.js';
import { Documents } from './store/documents.js';
import { History } from './store/history.js';
import { Objections } from './store/objections.js';
import { RecordRepairs } from './store/record-repairs.js';
import { Records } from './store/records.js';
import { RegisterChanges } from './store/register-changes.js';
import { Register } from './store/register.js';
import { Repairs } from './store/repairs.js';
import { RuleBook } from './store/rule-book.js';
import { Statistics } from './store/statistics.js';
import { Subjects } from './store/subjects.js';
import { Units } from './store/units.js';
import { Worklist } from './store/worklist.js';

/** The service's own parts; specs run them with a sweep on demand and without a broker. */
@Module({
  controllers: [
    Inbox,
    WorklistController,
    CasesController,
    StepsController,
    SideStepsController,
    AttachmentsController,
    RecordFilesController,
    CluesController,
    RepairsController,
    RecordRepairsController,
    EntryController,
    ListTypeDraftsController,
    CalendarsController,
    ObjectionsController,
    ListTypesController,
    RegisterController,
    DocumentsController,
    CertificatesController,
  ],
  providers: [
    RuleBook,
    Units,
    Subjects,
    Records,
    Cases,
    History,
    Repairs,
    Closures,
    DecisionNumbers,
    Register,
    RegisterChanges,
    RegisterFile,
    Snapshots,
    Documents,
    Certificates,
    IssueDocuments,
    CaseChanges,
    OpenCaseCommand,
    HandleClues,
    ChangeListTypes,
    ChangeCalendars,
    Drafts,
    Clues,
    Attachments,
    StateDefence,
    TakeStep,
    RequestRepair,
    HandIn,
    Objections,
    ObjectionBook,
    HandleObjections,
    ReadClues,
    ReadObjections,
    RunClocks,
    FollowRecords,
    CollectReceipts,
    ReadCases,
    ReadDocuments,
    AccessLog,
    Looks,
    Worklist,
    Statistics,
    Laggards,
    ReadRepairs,
    RecordRepairs,
    HandleRecordRepairs,
    HandleRecordObjections,
    ReadRecordRepairs,
  ],
})
export class ProcedureModule {}

@Module({
  imports: [
    MessagingModule.forRoot({
      service: 'listing',
      consumes: ['subjects', 'records', 'discipline', 'grades', 'notices'],
      snapshots: [listingsSnapshot],
    }),
    DeadlinesModule.forRoot({ kinds: DEADLINE_KINDS }),
    ProcedureModule,
  ],
})
export class ListingModule {}
