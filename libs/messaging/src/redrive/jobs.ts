import { defineRefusals } from '#kernel';
import { type Actor, actorLine, type Database, newId, type Queryable, type Tx } from '#platform';
import { writeAudit } from '../inbox/redrive-audit.js';
import { actionsIn, JOB_LIFE, type JobAction } from './job-states.js';
import { doneOf, insertJob, type Job, lockJob, moveJob, readJob, setItems } from './job-store.js';
import { type Counts, countChosen, MOST_ITEMS, notOpen, type Selection, writeItems } from './selection.js';

export const jobRefusals = defineRefusals({
  'messaging.no-such-redrive': {
    kind: 'not-found',
    zh: '没有重投任务 {id}',
    en: 'There is no redrive {id}.',
    cureZh: '查询重投任务列表',
    cureEn: 'Look at the list of redrives.',
  },
  'messaging.redrive-not-so': {
    kind: 'conflict',
    zh: '重投任务处于 {state},不能 {action}',
    en: 'The redrive is {state}: there is no {action} for it.',
    cureZh: '目前可以: {possible}',
    cureEn: 'Possible now: {possible}.',
  },
  'messaging.selection-empty': {
    kind: 'invalid',
    zh: '未指明哪些死信',
    en: 'Nothing says which dead letters are meant.',
    cureZh: '至少给出一个条件;要全部未处理的死信,给出 cutOff 为当前时间',
    cureEn: 'Name at least one criterion; for all that are open, give the present time as cutOff.',
  },
  'messaging.nothing-selected': {
    kind: 'conflict',
    zh: '没有符合条件的未处理死信',
    en: 'No open dead letter fits the selection.',
    cureZh: '先试算,调整条件',
    cureEn: 'Try the selection in a dry run and change it.',
  },
  'messaging.too-many-selected': {
    kind: 'conflict',
    zh: '符合条件的死信超过 {most} 条',
    en: 'More than {most} dead letters fit the selection.',
    cureZh: '以 first 限定数量,分几个任务完成',
    cureEn: 'Limit it with first, and make several redrives one after another.',
  },
  'messaging.letters-not-open': {
    kind: 'conflict',
    zh: '所列死信中有 {count} 条不是未处理状态,如 {id}',
    en: '{count} of the named dead letters are not open, {id} among them.',
    cureZh: '去掉这些编号',
    cureEn: 'Leave them out.',
  },
  'messaging.cut-off-in-future': {
    kind: 'invalid',
    zh: '截止时间 {cutOff} 在将来',
    en: 'The cut-off {cutOff} lies in the future.',
    cureZh: '给出不晚于现在的时间,或不填',
    cureEn: 'Give a time that has passed, or leave it out.',
  },
  'messaging.discard-without-reason': {
    kind: 'invalid',
    zh: '放弃事件须说明理由',
    en: 'Events are not given up without a reason.',
    cureZh: '填写 reason',
    cureEn: 'Say why, in reason.',
  },
  'messaging.item-under-way': {
    kind: 'unavailable',
    zh: '一条死信的处理尚未结束,任务此刻不能改变',
    en: 'A letter is still being handled; the redrive cannot be changed at this moment.',
    cureZh: '稍后重试',
    cureEn: 'Try again in a moment.',
  },
});

/** What an operator orders. */
export interface NewJob {
  action: 'redrive' | 'discard';
  reason?: string;
  selection: Selection;
  perSecond: number;
}

/** How long a command waits for an item under way; a handler that hangs must not hang the operator. */
const LOCK_TIMEOUT = '5s';

/** Orders of an operator over many dead letters: rows, so that they outlive whoever took them. */
export class RedriveJobs {
  constructor(
    private readonly database: Database,
    private readonly consumer: string,
  ) {}

  /**
   * What a job over this selection would take up; changes nothing.
   *
   * @throws Refusal when the selection names nothing, a future, or letters that are not open
   */
  async dryRun(selection: Selection): Promise<Counts & { cutOff: Date }> {
    const cutOff = await this.#cutOff(this.database, selection);
    return { cutOff, ...(await countChosen(this.database, this.consumer, selection, cutOff)) };
  }

  /**
   * Makes a job with its items; nothing is handled before it is started.
   *
   * @throws Refusal as {@link dryRun}, and when nothing or too much is selected
   */
  async create({ action, reason, selection, perSecond }: NewJob, actor: Actor): Promise<Job> {
    if (action === 'discard' && reason === undefined)
      throw jobRefusals.refusal('messaging.discard-without-reason', {}, 'reason');
    const createdBy = actorLine(actor);
    return this.database.command(async (tx) => {
      const cutOff = await this.#cutOff(tx, selection);
      const id = newId();
      const given = action === 'discard' ? reason! : null;
      await insertJob(tx, this.consumer, {
        id,
        action,
        reason: given,
        selection,
        cutOff,
        perSecond,
        createdBy,
      });
      const items = await writeItems(tx, id, this.consumer, selection, cutOff);
      if (items === 0) throw jobRefusals.refusal('messaging.nothing-selected');
      if (items > MOST_ITEMS) throw jobRefusals.refusal('messaging.too-many-selected', { most: MOST_ITEMS });
      await writeAudit(tx, { action: 'create', actor: createdBy, job: id, reason: given, outcome: 'ready' });
      return setItems(tx, id, items);
    });
  }

  /**
   * Waits for the item under way: when it answers that a job is paused or cancelled, nothing more is done.
   *
   * @throws Refusal `messaging.no-such-redrive`, `messaging.redrive-not-so`, `messaging.item-under-way`
   */
  async act(id: string, action: Exclude<JobAction, 'finish'>, actor: Actor): Promise<Job> {
    try {
      return await this.database.command(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
        const job = await lockJob(tx, this.consumer, id);
        if (!job) throw jobRefusals.refusal('messaging.no-such-redrive', { id });
        return moved(tx, job, action, actorLine(actor));
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== '55P03') throw error;
      throw jobRefusals.refusal('messaging.item-under-way');
    }
  }

  /** @throws Refusal `messaging.no-such-redrive` */
  async read(id: string): Promise<Job> {
    const job = await readJob(this.database, this.consumer, id);
    if (!job) throw jobRefusals.refusal('messaging.no-such-redrive', { id });
    return job;
  }

  /**
   * By the database's clock, which also says when a letter was set aside; to the millisecond and rounded up, so that
   * a letter of this very moment is not left out.
   */
  async #cutOff(database: Queryable, selection: Selection): Promise<Date> {
    if (Object.values(selection).every((value) => value === undefined))
      throw jobRefusals.refusal('messaging.selection-empty');
    const { rows } = await database.query<{ now: Date }>(
      `SELECT date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' AS now`,
    );
    const { now } = rows[0]!;
    const cutOff = selection.cutOff ?? now;
    if (cutOff > now)
      throw jobRefusals.refusal('messaging.cut-off-in-future', { cutOff: cutOff.toISOString() }, 'cutOff');
    const missing = selection.ids ? await notOpen(database, this.consumer, selection.ids, cutOff) : [];
    if (missing.length > 0) {
      const facts = { count: missing.length, id: missing[0]! };
      throw jobRefusals.refusal('messaging.letters-not-open', facts, 'ids');
    }
    return cutOff;
  }
}

/**
 * Moves a job that is locked in this transaction.
 *
 * @throws Refusal `messaging.redrive-not-so` when its state knows no such action
 */
export async function moved(tx: Tx, job: Job, action: JobAction, actor: string): Promise<Job> {
  const state = JOB_LIFE[job.state][action];
  if (!state) {
    const possible = actionsIn(job.state).join(', ') || '-';
    throw jobRefusals.refusal('messaging.redrive-not-so', { state: job.state, action, possible });
  }
  const after = await moveJob(tx, job.id, action, state, actor);
  const outcome = `${state}: ${doneOf(job)} of ${job.items} done`;
  await writeAudit(tx, { action, actor, job: job.id, reason: job.reason, outcome });
  return after;
}
