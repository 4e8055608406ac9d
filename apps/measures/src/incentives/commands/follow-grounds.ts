import { Injectable } from '@nestjs/common';
import type { CaseRef, CloudEvent, RecordRef, SubjectRef } from '#contracts';
import { type Deadline, OnDeadline } from '#deadlines';
import { type Publication, publishAll } from '#messaging';
import { newId, type Tx } from '#platform';
import { lockSubject, lockSubjects } from '../../discipline/store/subject-lock.js';
import { changesOf, giversOf } from '../domain/incentive.js';
import { decideTask, grantedTask } from '../domain/task.js';
import { toldIncentive, toldTask } from '../events/outbox.js';
import {
  type ChangesOfSubject,
  type GroundChange,
  type GroundsOfSubject,
  IncentivesStore,
  type SeriousChange,
  type StoredIncentive,
} from '../store/incentives.store.js';
import { type IncentiveTask, TaskStore } from '../store/tasks.js';
import { IncentiveLaw } from './incentive-law.js';
import { TaskClocks } from './task-clocks.js';

/** A listing that was heard, and whether it stands. */
export interface HeardListing {
  cause: CloudEvent;
  subject: SubjectRef;
  listing: CaseRef;
  stands: boolean;
}

/** The grounds of a subject as they now are, with the event that changed them where many are heard together. */
interface GroundsNow extends GroundsOfSubject {
  cause?: CloudEvent;
}

/**
 * A grade, an honour or a listing changed: the subject gets what its grounds now bring, and loses the rest. Each
 * department that gives it is asked to answer, or to confirm that it does not give it any more.
 */
@Injectable()
export class FollowGrounds {
  constructor(
    private readonly law: IncentiveLaw,
    private readonly store: IncentivesStore,
    private readonly tasks: TaskStore,
    private readonly clocks: TaskClocks,
  ) {}

  graded(tx: Tx, subject: SubjectRef, grade: { model: string; grade: string }): Promise<void> {
    return this.#follow(tx, subject, { grade });
  }

  /** Only honours count; other records bring no incentive. */
  async recorded(tx: Tx, subject: SubjectRef, record: RecordRef, stands: boolean): Promise<void> {
    if (record.type !== 'honour') return;
    const honour = { recordId: record.id, documentNo: stands ? record.documentNo : null };
    await this.#follow(tx, subject, { honour });
  }

  /** Only lists of the seriously dishonest take incentives away. */
  async listed(tx: Tx, subject: SubjectRef, listing: CaseRef, stands: boolean): Promise<void> {
    if (!listing.serious) return;
    await this.#follow(tx, subject, {
      seriousCase: { caseId: listing.id, caseNo: stands ? listing.no : null },
    });
  }

  /** As `listed`, for many at a time: one statement each to note and to look up; changes, which are few, one by one. */
  async listedTogether(tx: Tx, heard: readonly HeardListing[]): Promise<void> {
    const serious = heard.filter(({ listing }) => listing.serious);
    if (serious.length === 0) return;
    const bySubject = new Map<string, SeriousChange & { cause: CloudEvent }>();
    for (const { subject, listing, stands, cause } of serious) {
      const cases = { ...bySubject.get(subject.id)?.cases, [listing.id]: stands ? listing.no : null };
      bySubject.set(subject.id, { subject, cases, cause });
    }
    const changed = [...bySubject.values()];
    await lockSubjects(tx, [...bySubject.keys()]);
    const grounds = await this.store.noteSerious(tx, changed);
    await this.#settle(
      tx,
      changed.map(({ subject, cause }) => ({ ...grounds.get(subject.id)!, cause })),
    );
  }

  /** The last day of a rule is over: what only it brought has ended, also where nothing else is heard. */
  @OnDeadline('incentive.rule-end')
  async ruleEnded({ ref }: Deadline, tx: Tx): Promise<void> {
    const found = await this.store.groundsOf(tx, ref);
    if (!found) return;
    await lockSubject(tx, found.subject.id);
    const now = await this.store.groundsOf(tx, ref);
    await this.#settle(tx, [now!]);
  }

  async #follow(tx: Tx, subject: SubjectRef, change: GroundChange): Promise<void> {
    await lockSubject(tx, subject.id);
    await this.#settle(tx, [await this.store.note(tx, subject, change)]);
  }

  /** Of any number of subjects, which are locked: most have what they should have, and nothing is written. */
  async #settle(tx: Tx, subjects: readonly GroundsNow[]): Promise<void> {
    const held = await this.store.heldBy(
      tx,
      subjects.map(({ subject }) => subject.id),
    );
    const rules = await this.store.rules(tx);
    const { today } = this.law.today();
    const changes = subjects
      .map(({ subject, grounds }) => ({
        subject,
        ...changesOf(held.get(subject.id) ?? [], grounds, rules, today),
      }))
      .filter(({ grant, withdraw }) => grant.length + withdraw.length > 0);
    if (changes.length === 0) return;
    const grants = changes.some(({ grant }) => grant.length > 0);
    const units = grants ? await this.store.units(tx) : new Map<string, never>();
    await this.#write(
      tx,
      changes.map(({ subject, grant, withdraw }) => ({
        subject,
        withdraw,
        grant: grant.map((each) => ({
          ...each,
          executors: giversOf(each.rule, subject.region, today, units),
        })),
      })),
      new Map(subjects.flatMap(({ subject, cause }) => (cause ? [[subject.id, cause]] : []))),
    );
  }

  async #write(
    tx: Tx,
    changes: readonly ChangesOfSubject[],
    causes: ReadonlyMap<string, CloudEvent>,
  ): Promise<void> {
    const rules = this.law.today();
    const subjects = new Map(changes.map(({ subject }) => [subject.id, subject]));
    const entries = await this.store.change(tx, changes, rules.today);
    const granted = entries.filter(({ withdrawnOn }) => withdrawnOn === null);
    const state = grantedTask(rules);
    const tasks = granted.flatMap((entry) => tasksOf(entry, subjects.get(entry.subjectId)!, state));
    await this.tasks.begin(tx, tasks);
    await this.clocks.begin(tx, tasks, granted, rules);
    const whys = new Map(entries.flatMap(({ id, why }) => (why === null ? [] : [[id, why] as const])));
    const ended = await this.tasks.changeOf(
      tx,
      [...whys.keys()],
      ({ incentive, state: now }) =>
        now.status === 'ended' || now.status === 'end-ordered'
          ? []
          : decideTask(incentive.from, now, { type: 'order-end', why: whys.get(incentive.id)! }, rules),
      rules.today,
    );
    await this.clocks.follow(tx, ended, rules);
    const told: Publication[] = [
      ...entries.map((entry) => toldIncentive(entry, subjects.get(entry.subjectId)!, rules)),
      ...ended.flatMap(toldTask),
    ];
    await publishAll(
      tx,
      told.map((each) => {
        const cause = causes.get(each.subject);
        return cause ? { ...each, cause } : each;
      }),
    );
  }
}

function tasksOf(
  entry: StoredIncentive,
  subject: SubjectRef,
  state: IncentiveTask['state'],
): IncentiveTask[] {
  const { id, incentive, title, fields, executors, basis, ground, from } = entry;
  const about = { id, incentive, title, fields, executors, basis, ground, from };
  return executors.map((executor) => ({
    id: newId(),
    version: 1,
    executor,
    incentive: about,
    subject,
    state,
  }));
}
