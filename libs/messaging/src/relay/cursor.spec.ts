import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Cursor } from './cursor.js';
import { type Gap, GapList } from './gap-list.js';

const look = (ids: number[], xmin = 0n, full = false) => ({ ids, xmin, full });

describe('gap list', () => {
  it('keeps passed ids as ranges and splits a range where an id is found', () => {
    const list = new GapList();
    list.notice(4, 9);
    list.fill(6);
    expect(list.toString()).toBe('{[4,6),[7,10)}');
    list.fill(4);
    list.fill(5);
    expect(list.toString()).toBe('{[7,10)}');
    expect(GapList.parse('{[4,6),[7,10)}').gaps).toEqual([
      { first: 4, last: 5 },
      { first: 7, last: 9 },
    ]);
  });

  it('gives a gap up only when a snapshot has reached the xid taken after it was noticed', () => {
    const list = new GapList();
    list.notice(4, 5);
    const noticed = list.unbounded;
    list.notice(8, 8);
    list.bound(noticed, 100n);
    expect(list.close(99n)).toBe(0);
    expect(list.close(100n)).toBe(2);
    expect(list.toString()).toBe('{[8,9)}');
    expect(list.close(1_000_000n)).toBe(0);
  });

  it('keeps the horizon of both parts of a split range', () => {
    const list = new GapList();
    list.notice(1, 3);
    list.bound(list.unbounded, 50n);
    list.fill(2);
    expect(list.unbounded).toEqual([]);
    expect(list.close(50n)).toBe(2);
  });
});

describe('cursor', () => {
  it('notices what it passes and takes what comes late', () => {
    const cursor = new Cursor({ lastId: 10, gaps: '{}' });
    cursor.take(look([12, 15]));
    expect(cursor.place).toEqual({ lastId: 15, gaps: '{[11,12),[13,15)}' });
    cursor.take(look([11, 13, 16]));
    expect(cursor.place).toEqual({ lastId: 16, gaps: '{[14,15)}' });
  });

  it('closes nothing after a look that was cut off', () => {
    const cursor = new Cursor({ lastId: 0, gaps: '{}' });
    cursor.take(look([3]));
    cursor.gapList.bound(cursor.gapList.unbounded, 7n);
    expect(cursor.take(look([], 8n, true))).toBe(0);
    expect(cursor.take(look([], 8n))).toBe(2);
  });
});

/*
 * A model of PostgreSQL as far as the relay depends on it: xids and ids are drawn one by one, a snapshot
 * sees what has committed, its xmin is the lowest xid still running. Writers lock their key, take an xid,
 * then draw ids, in any interleaving with the relay's looks and position writes.
 */
class Model {
  nextXid = 1;
  nextId = 1;
  running = new Map<number, { key: string; ids: number[]; xid: number }>();
  rows: { id: number; key: string }[] = [];
  locks = new Set<string>();

  begin(writer: number, key: string): void {
    if (this.running.has(writer) || this.locks.has(key)) return;
    this.locks.add(key);
    this.running.set(writer, { key, ids: [], xid: this.nextXid++ });
  }

  write(writer: number): void {
    this.running.get(writer)?.ids.push(this.nextId++);
  }

  end(writer: number, commit: boolean): void {
    const tx = this.running.get(writer);
    if (!tx) return;
    if (commit) this.rows.push(...tx.ids.map((id) => ({ id, key: tx.key })));
    this.running.delete(writer);
    this.locks.delete(tx.key);
  }

  get xmin(): bigint {
    return BigInt(Math.min(this.nextXid, ...[...this.running.values()].map(({ xid }) => xid)));
  }

  look(cursor: Cursor, limit: number): { ids: number[]; xmin: bigint; full: boolean } {
    const sought = (id: number) =>
      id > cursor.lastId || cursor.gapList.gaps.some((gap) => gap.first <= id && id <= gap.last);
    const found = this.rows
      .map(({ id }) => id)
      .filter(sought)
      .sort((a, b) => a - b);
    return { ids: found.slice(0, limit), xmin: this.xmin, full: found.length > limit };
  }
}

describe('a cursor over concurrent writers', () => {
  const writer = fc.nat(3);
  // Weighted towards what is dangerous: several writers at once, looks between their ids and their ends.
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('begin' as const),
        writer,
        key: fc.constantFrom('a', 'b', 'c', 'd'),
      }),
    },
    { weight: 5, arbitrary: fc.record({ act: fc.constant('write' as const), writer }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('commit' as const), writer }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('roll back' as const), writer }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant('look' as const) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('ask for an xid' as const) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('get the xid' as const) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('crash' as const) }) },
  );

  it('delivers each committed event, once while it lives, and those of a key in order', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const model = new Model();
        let cursor = new Cursor({ lastId: 0, gaps: '{}' });
        const sent: number[] = [];
        let asked: readonly Gap[] | undefined;
        let xid = 0n;
        const lookOnce = () => {
          const seen = model.look(cursor, 5);
          cursor.take(seen);
          sent.push(...seen.ids);
        };
        for (const s of steps) {
          if (s.act === 'begin') model.begin(s.writer, s.key);
          if (s.act === 'write') model.write(s.writer);
          if (s.act === 'commit') model.end(s.writer, true);
          if (s.act === 'roll back') model.end(s.writer, false);
          if (s.act === 'look') lookOnce();
          if (s.act === 'ask for an xid') {
            asked = cursor.gapList.unbounded;
            xid = BigInt(model.nextXid++);
          }
          if (s.act === 'get the xid' && asked) {
            cursor.gapList.bound(asked, xid);
            asked = undefined;
          }
          if (s.act === 'crash') {
            cursor = new Cursor(cursor.place);
            asked = undefined;
          }
        }
        for (const id of [...model.running.keys()]) model.end(id, true);
        for (let i = 0; i < 60; i += 1) lookOnce();

        expect([...sent].sort((a, b) => a - b)).toEqual(model.rows.map(({ id }) => id).sort((a, b) => a - b));
        for (const key of ['a', 'b', 'c', 'd']) {
          const ofKey = new Set(model.rows.filter((row) => row.key === key).map(({ id }) => id));
          const order = sent.filter((id) => ofKey.has(id));
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
