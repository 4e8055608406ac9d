import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gradeComputed, measureProgressReported } from '#contracts';
import { defineRefusals } from '#kernel';
import { type Actor, currentContext } from '#platform';
import { eventually } from '#testing';
import { type Listener, openStage, type Stage, type Told, told } from '../../specs/stage.js';
import { publish, publishAll } from '../outbox/publish.js';
import type { Delivery } from './delivery.js';

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const refusals = defineRefusals({
  'spec.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
});

let stage: Stage;
let listener: Listener;
/** What the handler does with a subject's event; nothing special when absent. */
const trouble = new Map<string, (event: Told, delivery: Delivery, attempt: number) => unknown>();
const attempts = new Map<string, number>();

const hear = async (event: Told, delivery: Delivery): Promise<void> => {
  await delivery.tx.query('INSERT INTO effect (subject, sequence) VALUES ($1, $2)', [
    event.subject,
    Number(event.sequence),
  ]);
  const attempt = (attempts.get(event.id) ?? 0) + 1;
  attempts.set(event.id, attempt);
  await trouble.get(`${event.subject}/${Number(event.sequence)}`)?.(event, delivery, attempt);
};

const query = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
  (await stage.database.db.query<R>(sql, params)).rows;
const waitingForLocks = async (): Promise<number> =>
  (
    await query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    )
  ).length;
const effects = async (subject: string): Promise<number[]> =>
  (
    await query<{ sequence: number }>('SELECT sequence FROM effect WHERE subject = $1 ORDER BY place', [
      subject,
    ])
  ).map(({ sequence }) => sequence);
const letters = (subject: string) =>
  query<{
    id: string;
    event_id: string;
    cause: string;
    attempts: number;
    state: string;
    sequence: number | null;
    error: string;
    origin_offset: number;
  }>('SELECT * FROM messaging.dead_letter WHERE key = $1 ORDER BY id', [subject]);
const parked = async (subject: string): Promise<number[]> =>
  (
    await query<{ sequence: number }>(
      'SELECT sequence FROM messaging.parked WHERE key = $1 ORDER BY sequence',
      [subject],
    )
  ).map(({ sequence }) => sequence);
const tell = (subject: string, events = 1): Promise<unknown> =>
  stage.database.db.transaction((tx) =>
    publishAll(
      tx,
      Array.from({ length: events }, () => told(subject)),
    ),
  );
/** Events of a subject that were never published: for what comes by another way than the relay. */
const events = async (subject: string, count: number) => {
  // Written where no relay looks: another stream of the same subject, taken out again before it is published.
  const values: string[] = [];
  await stage.database.db
    .transaction(async (tx) => {
      await publishAll(
        tx,
        Array.from({ length: count }, () => told(subject)),
      );
      const { rows } = await tx.query<{ envelope: string }>(
        'SELECT envelope FROM messaging.outbox WHERE key = $1 ORDER BY id',
        [subject],
      );
      values.push(...rows.map(({ envelope }) => envelope));
      throw new Error('never published');
    })
    .catch(() => undefined);
  return values.map((value) => ({ key: subject, value }));
};
const settled = (work: () => Promise<void>): Promise<void> => eventually(work);

beforeAll(async () => {
  stage = await openStage(['measures', 'grades']);
  await stage.database.db.query('CREATE TABLE effect (place bigserial, subject text, sequence int)');
  stage.relay('relay').start();
  listener = stage.listen('hearer', measureProgressReported, hear);
  await listener.joined();
});
beforeEach(() => trouble.clear());
afterAll(() => stage.strike());

describe('a poisonous event', () => {
  it('stops its own subject only; redriven, what waited follows in order', async () => {
    const refuse = () => refusals.refuse('spec.refused');
    trouble.set('poisoned/2', refuse);
    await tell('poisoned', 3);
    await tell('healthy', 3);
    await tell('poisoned', 2);
    await settled(async () => {
      expect(await effects('healthy')).toEqual([1, 2, 3]);
      expect(await parked('poisoned')).toEqual([3, 4, 5]);
    });
    expect(await effects('poisoned')).toEqual([1]);
    const [letter] = await letters('poisoned');
    expect(letter).toMatchObject({
      cause: 'refused',
      attempts: 1,
      state: 'open',
      sequence: 2,
      error: 'spec.refused: Refused.',
    });

    expect(await listener.inbox.redrive.redrive(letter!.id, operator)).toMatchObject({ outcome: 'failed' });
    expect(await letters('poisoned')).toMatchObject([{ state: 'open', attempts: 2 }]);

    trouble.delete('poisoned/2');
    expect(await listener.inbox.redrive.redrive(letter!.id, operator)).toMatchObject({ outcome: 'redriven' });
    expect(await effects('poisoned')).toEqual([1, 2, 3, 4, 5]);
    await tell('poisoned');
    await settled(async () => expect(await effects('poisoned')).toEqual([1, 2, 3, 4, 5, 6]));
    expect(
      await query(
        'SELECT action, actor, outcome FROM messaging.redrive_audit WHERE dead_letter_id = $1 ORDER BY id',
        [letter!.id],
      ),
    ).toEqual([
      { action: 'redrive', actor: 'person:op-1', outcome: 'failed: spec.refused: Refused.' },
      { action: 'redrive', actor: 'person:op-1', outcome: 'redriven' },
    ]);
    await expect(listener.inbox.redrive.redrive(letter!.id, operator)).rejects.toMatchObject({
      code: 'messaging.dead-letter-settled',
    });
  });

  it('that fails on its release stops the subject again, behind itself', async () => {
    trouble.set('twice/1', () => refusals.refuse('spec.refused'));
    trouble.set('twice/3', () => refusals.refuse('spec.refused'));
    await tell('twice', 4);
    await settled(async () => expect(await parked('twice')).toEqual([2, 3, 4]));
    trouble.delete('twice/1');
    await listener.inbox.redrive.redrive((await letters('twice'))[0]!.id, operator);
    expect(await effects('twice')).toEqual([1, 2]);
    expect(await parked('twice')).toEqual([4]);
    const second = (await letters('twice'))[1]!;
    expect(second).toMatchObject({ sequence: 3, state: 'open' });
    expect(
      await listener.inbox.redrive.discard(second.id, 'reported again by the department', operator),
    ).toMatchObject({ outcome: 'discarded' });
    expect(await effects('twice')).toEqual([1, 2, 4]);
    await tell('twice');
    await settled(async () => expect(await effects('twice')).toEqual([1, 2, 4, 5]));
  });

  it('whose release was cut off by a crash is released by whoever comes', async () => {
    trouble.set('cut-off/1', () => refusals.refuse('spec.refused'));
    await tell('cut-off', 3);
    await settled(async () => expect(await parked('cut-off')).toEqual([2, 3]));
    trouble.delete('cut-off/1');
    const { redrive } = listener.inbox;
    const [letter] = await letters('cut-off');
    const waiting = await stage.database.db.transaction(async (tx) => {
      const taken = await redrive.take(tx, letter!.id);
      const order = { action: 'redrive', reason: null, actor: 'person:op-1', job: null } as const;
      return (await redrive.settle(tx, taken, order)).waiting;
    });
    expect(waiting).toBe(true);
    // Nobody calls goOn: the process that should have is gone.
    await eventually(async () => expect(await effects('cut-off')).toEqual([1, 2, 3]), { within: 25_000 });
    // The last event is one commit, the freed subject the next.
    await settled(async () =>
      expect(
        await query(
          `SELECT FROM messaging.position WHERE key = 'cut-off' AND (releasing OR blocked_by IS NOT NULL)`,
        ),
      ).toEqual([]),
    );
  });

  it('of an unknown kind is tried three times more before it is set aside, and leaves nothing behind', async () => {
    trouble.set('bug/1', () => {
      throw new TypeError('undefined is not a list');
    });
    await tell('bug');
    await settled(async () =>
      expect(await letters('bug')).toMatchObject([
        { cause: 'failed', attempts: 4, error: 'undefined is not a list' },
      ]),
    );
    expect(await effects('bug')).toEqual([]);
  });
});

describe('a passing failure', () => {
  it('is overcome without a dead letter', async () => {
    trouble.set('shaky/1', (_, __, attempt) => {
      if (attempt < 4) throw new Error('not yet');
    });
    await tell('shaky', 2);
    await settled(async () => expect(await effects('shaky')).toEqual([1, 2]));
    expect(await letters('shaky')).toEqual([]);
  });

  it('of serialization burns no attempts', async () => {
    trouble.set('contended/1', (_, __, attempt) => {
      if (attempt < 12) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    await tell('contended');
    await settled(async () => expect(await effects('contended')).toEqual([1]));
    expect(await letters('contended')).toEqual([]);
  });

  it('of the database is waited out, however often connections are cut in mid transaction', async () => {
    let cuts = 0;
    trouble.set('cut/1', async (_, { tx }) => {
      if ((cuts += 1) < 8) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await tell('cut', 2);
    await settled(async () => expect(await effects('cut')).toEqual([1, 2]));
    expect(await letters('cut')).toEqual([]);
    expect(cuts).toBe(8);
  });
});

describe('a missing event', () => {
  it('makes its successors wait, and when it comes everything goes on in order', async () => {
    const [one, two, three, four, five] = await events('late', 5);
    await stage.produce('measures', [one!, three!, four!]);
    await settled(async () => expect(await parked('late')).toEqual([3, 4]));
    expect(await effects('late')).toEqual([1]);
    expect(await letters('late')).toMatchObject([
      { cause: 'sequence-gap', sequence: 3, error: '3 came after 1: 2 to 2 are missing' },
    ]);
    await stage.produce('measures', [two!, five!]);
    await settled(async () => expect(await effects('late')).toEqual([1, 2, 3, 4, 5]));
    expect(await letters('late')).toMatchObject([{ state: 'healed' }]);
    expect(listener.counts.gaps).toBeGreaterThanOrEqual(1);
  });

  it('can be given up by an operator', async () => {
    const [one, , , four, five] = await events('lost', 5);
    await stage.produce('measures', [one!, four!, five!]);
    await settled(async () => expect(await parked('lost')).toEqual([4, 5]));
    await listener.inbox.redrive.redrive((await letters('lost'))[0]!.id, operator);
    expect(await effects('lost')).toEqual([1, 4, 5]);
  });

  it('that is filled in another order is healed all the same', async () => {
    const [one, two, three, four] = await events('shuffled', 4);
    await stage.produce('measures', [one!, four!, three!]);
    await settled(async () => expect(await parked('shuffled')).toEqual([3, 4]));
    await stage.produce('measures', [two!]);
    await settled(async () => expect(await effects('shuffled')).toEqual([1, 2, 3, 4]));
    expect(await letters('shuffled')).toMatchObject([{ cause: 'sequence-gap', state: 'healed' }]);
  });

  it('is accepted only where events are missing: what has come meanwhile is handled', async () => {
    const [one, , , four, , six] = await events('partly', 6);
    await stage.produce('measures', [one!, six!, four!]);
    await settled(async () => expect(await parked('partly')).toEqual([4, 6]));
    await listener.inbox.redrive.redrive((await letters('partly'))[0]!.id, operator);
    // 2 and 3 were given up; 5 is missing still, and that is a letter of its own.
    expect(await effects('partly')).toEqual([1, 4]);
    const second = (await letters('partly'))[1]!;
    expect(second).toMatchObject({ error: '6 came after 4: 5 to 5 are missing', state: 'open' });
    await listener.inbox.redrive.discard(second.id, 'neither will be needed', operator);
    expect(await effects('partly')).toEqual([1, 4]);
    await stage.produce('measures', [{ ...(await events('partly', 7))[6]!, key: 'partly' }]);
    await settled(async () => expect(await effects('partly')).toEqual([1, 4, 7]));
  });

  it('waits for an event that came to fill it and failed', async () => {
    trouble.set('stumbling/2', () => refusals.refuse('spec.refused'));
    const [one, two, three] = await events('stumbling', 3);
    await stage.produce('measures', [one!, three!]);
    await settled(async () => expect(await parked('stumbling')).toEqual([3]));
    await stage.produce('measures', [two!]);
    await settled(async () => expect(await letters('stumbling')).toHaveLength(2));
    const [gap, failed] = await letters('stumbling');
    await expect(listener.inbox.redrive.redrive(gap!.id, operator)).rejects.toMatchObject({
      code: 'messaging.earlier-letter-first',
      facts: { first: failed!.id },
    });
    trouble.delete('stumbling/2');
    expect(await listener.inbox.redrive.redrive(failed!.id, operator)).toMatchObject({ outcome: 'redriven' });
    expect(await effects('stumbling')).toEqual([1, 2, 3]);
    expect(await letters('stumbling')).toMatchObject([{ state: 'healed' }, { state: 'redriven' }]);
  });

  it('before the first that is seen is none: a new subscriber begins where the topic begins', async () => {
    const [, , three, four] = await events('midway', 4);
    await stage.produce('measures', [three!, four!]);
    await settled(async () => expect(await effects('midway')).toEqual([3, 4]));
  });
});

describe('a subject that two release side by side', () => {
  /** @returns how often the event was tried: once, where the first came back before the other had woken */
  async function released(subject: string): Promise<number | undefined> {
    const { redrive } = listener.inbox;
    trouble.set(`${subject}/1`, () => refusals.refuse('spec.refused'));
    await tell(subject, 3);
    await settled(async () => expect(await parked(subject)).toEqual([2, 3]));
    trouble.delete(`${subject}/1`);
    let beside: Promise<void> | undefined;
    trouble.set(`${subject}/2`, async (_event, _delivery, attempt) => {
      if (attempt === 1) {
        // The round of another replica: it waits for the subject while this attempt fails.
        beside = redrive.goOn({ topic: 'measures', key: subject });
        await settled(async () => expect(await waitingForLocks()).toBeGreaterThan(0));
      }
      refusals.refuse('spec.refused');
    });
    await redrive.redrive((await letters(subject))[0]!.id, operator);
    await beside;
    const tried = attempts.get((await letters(subject))[1]!.event_id);
    expect(await letters(subject)).toMatchObject([
      { state: 'redriven', sequence: 1 },
      { state: 'open', sequence: 2 },
    ]);
    trouble.delete(`${subject}/2`);
    await redrive.redrive((await letters(subject))[1]!.id, operator);
    expect(await effects(subject)).toEqual([1, 2, 3]);
    return tried;
  }

  it('gets one letter for the event that fails, also when both have seen it fail', async () => {
    const tried: (number | undefined)[] = [];
    while (!tried.includes(2) && tried.length < 10) tried.push(await released(`side-${tried.length}`));
    expect(tried).toContain(2);
  });
});

describe('a message that is no event of ours', () => {
  it('is set aside once, with what came; its subject waits until it is discarded', async () => {
    await tell('garbled');
    await settled(async () => expect(await effects('garbled')).toEqual([1]));
    await stage.produce('measures', [
      { key: 'garbled', value: '{"half": ' },
      { key: null, value: '\u0000' },
      { key: 'tombstone', value: null },
    ]);
    await settled(async () =>
      expect(await letters('garbled')).toMatchObject([
        { cause: 'unreadable', sequence: null, state: 'open' },
      ]),
    );
    await tell('garbled');
    await settled(async () => expect(await parked('garbled')).toEqual([2]));
    await listener.inbox.redrive.discard((await letters('garbled'))[0]!.id, 'a test message', operator);
    expect(await effects('garbled')).toEqual([1, 2]);
    expect(
      await query(
        `SELECT cause, key FROM messaging.dead_letter WHERE key IS NULL OR key = 'tombstone' ORDER BY id`,
      ),
    ).toHaveLength(2);
  });

  it('with a key that no index takes is set aside by the digest of the key; its partition goes on', async () => {
    const giant = (letter: string) => randomBytes(3_000).toString('hex') + letter;
    const [unreadable, fit] = [giant('a'), giant('b')];
    const [event] = await events('beside-giants', 2);
    const envelope = JSON.parse(event!.value) as object;
    // One partition for all: the message behind them has to come through.
    await stage.produce('measures', [
      { key: unreadable, value: '{"half": ', partition: 0 },
      { key: fit, value: JSON.stringify({ ...envelope, subject: fit }), partition: 0 },
      { ...event!, partition: 0 },
    ]);
    await settled(async () => expect(await effects('beside-giants')).toEqual([1]));
    const kept = (key: string) =>
      `${key.slice(0, 64)}… (6001 bytes, sha256 ${createHash('sha256').update(key).digest('hex')})`;
    for (const key of [unreadable, fit]) {
      const found = await letters(kept(key));
      expect(found).toMatchObject([{ cause: 'unreadable', sequence: null, state: 'open' }]);
      expect(await listener.inbox.redrive.redrive(found[0]!.id, operator)).toMatchObject({
        outcome: 'failed',
      });
      expect(await listener.inbox.redrive.discard(found[0]!.id, 'no key of ours', operator)).toMatchObject({
        outcome: 'discarded',
      });
    }
    // An index compresses: this one would have taken a long key that repeats itself.
    expect(await query('SELECT FROM messaging.position WHERE length(key) > 1000')).toEqual([]);
  });

  it('of an unknown type or with unfit data keeps its place in the order', async () => {
    const { rows } = await stage.database.db.transaction(async (tx) => {
      await publish(tx, told('strange'));
      return tx.query<{ envelope: string }>(`SELECT envelope FROM messaging.outbox WHERE key = 'strange'`);
    });
    await settled(async () => expect(await effects('strange')).toEqual([1]));
    const event = JSON.parse(rows[0]!.envelope) as Record<string, unknown>;
    const next = (sequence: number, change: object) => ({
      key: 'strange',
      value: JSON.stringify({
        ...event,
        id: `0192f0c4-6c00-7000-8000-00000000000${sequence}`,
        sequence: `000000000${sequence}`,
        ...change,
      }),
    });
    await stage.produce('measures', [
      next(2, { type: 'cn.chengxin.measure.renamed.v9' }),
      next(3, { data: { percent: 'half' } }),
    ]);
    await settled(async () => expect(await parked('strange')).toEqual([3]));
    expect(await letters('strange')).toMatchObject([{ cause: 'unknown-type', sequence: 2 }]);
    await listener.inbox.redrive.discard(
      (await letters('strange'))[0]!.id,
      'no such event any more',
      operator,
    );
    expect(await letters('strange')).toMatchObject([
      { state: 'discarded' },
      { cause: 'unfit-data', sequence: 3, state: 'open' },
    ]);
  });
});

describe('what a handler publishes', () => {
  it('is told if and only if its effect is kept, by the actor and in the trace of its event', async () => {
    let trace = '';
    trouble.set('cause/1', async (event, { tx }, attempt) => {
      trace = currentContext()!.traceparent;
      await publish(tx, { contract: gradeComputed, subject: event.subject, data: gradeComputed.sample });
      if (attempt < 3) throw new Error('not yet');
    });
    const actor: Actor = {
      kind: 'person',
      id: 'approver-7',
      name: '李',
      department: 'hlj.market-regulation',
      roles: [],
    };
    await stage.database.db.transaction((tx) => publish(tx, { ...told('cause'), actor }));
    await settled(async () => expect(await effects('cause')).toEqual([1]));
    const written = await query<{ envelope: string }>(
      `SELECT envelope FROM messaging.outbox WHERE key = 'cause' AND topic = 'grades'`,
    );
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0]!.envelope)).toMatchObject({
      sequence: '0000000001',
      actor: 'person:approver-7@hlj.market-regulation',
      traceparent: trace,
    });
  });
});
