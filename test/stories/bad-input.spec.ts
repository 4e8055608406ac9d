import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Json } from '../tour/api.js';
import { fictitiousEnterprise, penalty } from '../tour/fictitious.js';
import { SystemLogin } from '../tour/logins.js';

/* Rubbish through the front door: each gets a 4xx problem with code and cure, and leaves nothing behind. */
const base = process.env['CHENGXIN_URL']!;
const department = new SystemLogin(base, 'hlj.city.230100.market-regulation');
const enterprise = fictitiousEnterprise(Math.floor(Date.now() / 7) % 100_000_000);
const good = (): Json => ({ type: 'penalty', payload: penalty(enterprise, `（虚构）${randomUUID()}`) });

async function push(
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; problem: Json }> {
  const response = await fetch(`${base}/api/records`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await department.token()}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...headers,
    },
    body,
  });
  const text = await response.text();
  return { status: response.status, problem: text.startsWith('{') ? JSON.parse(text) : text };
}

function withField(field: string, value: unknown): string {
  const body = good();
  if (value === undefined) delete body.payload[field];
  else body.payload[field] = value;
  return JSON.stringify(body);
}

async function subjectIsUnknown(): Promise<void> {
  const response = await fetch(`${base}/api/subjects/${enterprise.code}`, {
    headers: { authorization: `Bearer ${await department.token()}` },
  });
  expect(response.status).toBe(404);
}

const cases: [string, () => string | Promise<string>, Record<string, string>, number, string][] = [
  [
    'a wrong check character',
    () => withField('CF_XDR_SHXYM', '914403001922038217'),
    {},
    422,
    'record.credit-code-check-character',
  ],
  [
    'a code outside the alphabet',
    () => withField('CF_XDR_SHXYM', '91350100M000100Y4Z'),
    {},
    422,
    'record.credit-code-alphabet',
  ],
  [
    'an unknown record type',
    () => JSON.stringify({ ...good(), type: 'gossip' }),
    {},
    422,
    'record.type-unknown',
  ],
  ['a missing required field', () => withField('CF_WSH', undefined), {}, 422, 'record.field-required'],
  [
    'a decision date in the future',
    () => withField('CF_JDRQ', '2099-01-04'),
    {},
    422,
    'record.date-in-future',
  ],
  [
    'a body of 10 MB',
    () => withField('CF_SY', 'x'.repeat(10 * 1024 * 1024)),
    {},
    413,
    'request.body-too-large',
  ],
  [
    'JSON nested 20,000 deep',
    () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    {},
    400,
    'request.body-too-deep',
  ],
  [
    '__proto__',
    () => JSON.stringify(good()).replace('"payload":{', '"payload":{"__proto__":{"admin":true},'),
    {},
    400,
    'request.forbidden-key',
  ],
  ['a NUL character', () => withField('CF_SY', 'a\u0000b'), {}, 400, 'request.forbidden-character'],
  [
    'a lone surrogate',
    () => JSON.stringify(good()).replace('所生产', '\\ud800'),
    {},
    400,
    'request.forbidden-character',
  ],
  ['half a JSON', () => '{"type":', {}, 400, 'request.body-malformed'],
  ['XML', () => '<a/>', { 'content-type': 'text/xml' }, 415, 'request.unsupported-media-type'],
  ['no token', () => JSON.stringify(good()), { authorization: '' }, 401, 'request.no-token'],
  [
    'a forged token',
    () => JSON.stringify(good()),
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    401,
    'request.token-invalid',
  ],
  [
    'no idempotency key',
    () => JSON.stringify(good()),
    { 'idempotency-key': '' },
    400,
    'request.idempotency-key-invalid',
  ],
];

describe('bad input through the console', () => {
  it.each(cases)('%s', async (_name, body, headers, status, code) => {
    const { status: seen, problem } = await push(await body(), headers);
    const codes = [problem.code, ...(problem.errors ?? []).map((error: Json) => error.code)];
    expect({ seen, codes }).toEqual({ seen: status, codes: expect.arrayContaining([code]) });
    expect(problem.cure).toBeTruthy();
    expect(problem.cureZh).toBeTruthy();
    await subjectIsUnknown();
  });

  it('the same idempotency key: the same body answers the same, another body is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = JSON.stringify(good());
    const [first, again, other] = [
      await push(body, key),
      await push(body, key),
      await push(JSON.stringify(good()), key),
    ];
    expect([first.status, again.status, again.problem]).toEqual([201, 201, first.problem]);
    expect([other.status, other.problem.code]).toEqual([409, 'request.idempotency-key-reused']);
  });
});
