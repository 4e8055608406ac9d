import { Pool } from 'undici';
import { clockUs } from '../harness/meter.js';
import { serve } from '../harness/serve.js';
import { openLoad } from '../latency/open-load.js';

/* Departments' systems that ask over kept connections, in a process of their own. */
let pool: Pool;
let token = '';

export interface Asked {
  answered: number;
  /** answers that say that something stands against the subject */
  bound: number;
  seconds: number;
  delaysMs: number[];
}

serve({
  start(given: { url: string; token: string; connections: number }) {
    token = given.token;
    pool = new Pool(given.url, { connections: given.connections, pipelining: 1 });
  },

  /** Each connection asks again as soon as it is answered. */
  async flood({ codes, connections, seconds }: Flood): Promise<Asked> {
    const bodies = codes.map((code) => bodyOf([code]));
    const end = clockUs() + seconds * 1e6;
    const asked = newTally();
    const began = clockUs();
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (clockUs() < end) await ask(bodies[asked.next++ % bodies.length]!, asked);
      }),
    );
    return { ...asked, seconds: (clockUs() - began) / 1e6 };
  },

  /** So many a second, whether the earlier ones are answered or not. */
  async steadily({
    codes,
    rate,
    seconds,
  }: {
    codes: string[];
    rate: number;
    seconds: number;
  }): Promise<Asked> {
    const bodies = codes.map((code) => bodyOf([code]));
    const asked = newTally();
    const began = clockUs();
    await openLoad(rate, rate * seconds, async (nth) => {
      await ask(bodies[nth % bodies.length]!, asked);
      return { id: '', us: 0 };
    });
    return { ...asked, seconds: (clockUs() - began) / 1e6 };
  },

  /** One question about all of them. */
  async together({ codes }: { codes: string[] }): Promise<Asked> {
    const asked = newTally();
    const began = clockUs();
    await ask(bodyOf(codes), asked);
    return { ...asked, seconds: (clockUs() - began) / 1e6 };
  },
  stop: () => pool.close(),
});

interface Flood {
  codes: string[];
  connections: number;
  seconds: number;
}

type Tally = Omit<Asked, 'seconds'> & { next: number };

function newTally(): Tally {
  return { answered: 0, bound: 0, delaysMs: [], next: 0 };
}

function bodyOf(subjects: readonly string[]): string {
  return JSON.stringify({
    subjects,
    field: 'permit',
    item: '食品经营许可',
    purpose: '审查食品经营许可申请',
    reference: '（虚构）哈食许〔2024〕77号',
  });
}

async function ask(body: string, asked: Tally): Promise<void> {
  const began = clockUs();
  const answer = await pool.request({
    method: 'POST',
    path: '/api/discipline/checks',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  const text = await answer.body.text();
  asked.delaysMs.push((clockUs() - began) / 1_000);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text.slice(0, 300)}`);
  asked.answered += 1;
  if (!text.includes('"bound":[]')) asked.bound += 1;
}
