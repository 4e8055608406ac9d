import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { decisionNo, Desk, noticeOn, passed, servedOn, toList } from './desk.js';
import { peopleOf } from './people.js';
import { fillProvince, type Province } from './province.js';
import { RunningListing } from './running-listing.js';

/** What is asked of the database, and how it is to answer. */
export interface Question {
  sql: string;
  values: unknown[];
}

/** Times of many askings, in milliseconds. */
export interface Times {
  p50: number;
  p99: number;
}

/** The day on which the province stands as it stands. */
export const TODAY = '2025-03-13';

/** A running service over a province's worth of cases. */
export class AtScale {
  private constructor(
    readonly database: TestDatabase,
    readonly running: RunningListing,
  ) {}

  static async start(cases: number, stages: Province['stages']): Promise<AtScale> {
    const database = await testDatabase('listing');
    const running = await RunningListing.start(database.url, (await testIssuer()).settings, TODAY);
    const desk = new Desk(running, issueToken);
    const like = {
      open: await walked(running, desk, 'noticed'),
      listed: await walked(running, desk, 'listed'),
      ended: await walked(running, desk, 'ended'),
    };
    const seconds = await fillProvince(database.url, { cases, today: TODAY, like, stages });
    process.stdout.write(`${cases} cases (${stages}) filled in ${seconds.toFixed(0)} s\n`);
    return new AtScale(database, running);
  }

  /** The plan of a question as PostgreSQL chooses it, without any setting turned, and how many blocks it read. */
  async planOf({ sql, values }: Question): Promise<{ plan: string; blocks: number }> {
    const { rows } = await this.running.db.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`,
      values,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const [, hit = '0', read = '0'] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan) ?? [];
    return { plan, blocks: Number(hit) + Number(read) };
  }

  /** Asked one after the other, each time with other parameters. */
  async timesOf(runs: number, ask: (nth: number) => Promise<unknown>): Promise<Times> {
    const times: number[] = [];
    for (let nth = 0; nth < runs; nth++) {
      const began = performance.now();
      await ask(nth);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    return { p50: times[Math.floor(runs / 2)]!, p99: times[Math.floor(runs * 0.99)]! };
  }

  /** Where it listens, from the first call on. */
  async url(): Promise<string> {
    const { app } = this.running;
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    return app.getUrl();
  }

  async close(): Promise<void> {
    await this.running.close();
    await (await testIssuer()).close();
    await this.database.drop();
  }
}

/** A real case on its way: noticed; on the list and public; or revoked. */
async function walked(
  running: RunningListing,
  desk: Desk,
  until: 'noticed' | 'listed' | 'ended',
): Promise<string> {
  const people = peopleOf('hlj.human-resources');
  running.moveTo('2025-03-03');
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(people.handler, {
    listType: 'WAGE',
    conductKind: 'wage.amount-of-crime',
    subjectId: subject.id,
    recordIds: [record.id],
  });
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  if (until === 'noticed') return walk.id;
  running.moveTo('2025-03-12');
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  await walk.does(people.handler, 'decision', decisionNo(`（虚构）列决${until}`));
  await walk.does(people.handler, 'service', servedOn('2025-03-12'));
  running.moveTo(TODAY);
  await walk.does(people.secrecy, 'publication', passed);
  if (until === 'ended') await walk.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
  return walk.id;
}
