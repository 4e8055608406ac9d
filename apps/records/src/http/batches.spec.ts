import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedsFolder } from '#seeds';
import { eventually, issueToken } from '#testing';
import {
  type Answer,
  BUREAU,
  csv,
  penalty,
  person,
  type RunningRecords,
  startRecords,
  system,
} from '../../specs/running-records.js';

let records: RunningRecords;
beforeAll(async () => {
  records = await startRecords('2026-11-24T09:00:00+08:00');
});
afterAll(() => records.stop());

interface Sending {
  as?: ReturnType<typeof system>;
  key?: string;
  media?: string;
  type?: string;
}

const send = (
  body: string | Buffer | ReadableStream,
  { as = system(), key = randomUUID(), media = 'text/csv', type = 'penalty' }: Sending = {},
) =>
  records.call('POST', `/api/records/batches?type=${type}`, {
    as,
    body,
    headers: { 'content-type': media, 'idempotency-key': key },
  });

async function refusedAsWhole(call: () => Promise<Answer>, status: number, code: string) {
  const before = await records.footprint();
  const answer = await call();
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.body.cure).toEqual(expect.stringMatching(/.+/));
  expect(answer.body.cureZh).toEqual(expect.stringMatching(/.+/));
  expect(await records.footprint()).toEqual(before);
  return answer.body;
}

const many = (count: number, name: string, change: (index: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, index) => penalty({ CF_WSH: `${name}-${index}`, ...change(index) }));

describe('the demo file of 500 penalties', () => {
  const file = (name: string): string => readFileSync(join(seedsFolder(), 'demo', name), 'utf8');
  const expected = JSON.parse(file('penalties.expected.json')) as {
    totals: Record<string, number>;
    lines: { line: number; outcome: string; field: string; code: string }[];
  };
  const key = randomUUID();
  let first: Answer;

  test('right rows are taken, wrong rows answered with line, field, code, reason and cure', async () => {
    first = await send(file('penalties.csv'), { key });
    expect(first.status).toBe(200);
    const { total, accepted, duplicates, refused, errors, type, status, department } = first.body;
    expect({ rows: total, accepted, duplicates, refused }).toEqual(expected.totals);
    expect({ type, status, department }).toEqual({ type: 'penalty', status: 'done', department: BUREAU });
    const refusals = expected.lines.filter(({ outcome }) => outcome === 'refused');
    expect(errors.map(({ line, field, code }: (typeof refusals)[0]) => ({ line, field, code }))).toEqual(
      refusals.map(({ line, field, code }) => ({ line, field, code })),
    );
    for (const error of errors) {
      for (const text of ['reason', 'reasonZh', 'cure', 'cureZh'])
        expect(error[text]).toEqual(expect.not.stringMatching(/^$|\{(?!id\})/));
    }
    const { rows } = await records.database.db.query(
      `SELECT count(*) AS records, count(DISTINCT natural_key) AS keys, min(line) AS first FROM credit_record WHERE batch_id = $1`,
      [first.body.id],
    );
    expect(rows).toEqual([{ records: accepted, keys: accepted, first: 2 }]);
  });

  test('each record that was taken is told once, after its subject', async () => {
    const { rows } = await records.database.db.query<{
      topic: string;
      events: number;
      keys: number;
      highest: number;
    }>(
      `SELECT topic, count(*) AS events, count(DISTINCT key) AS keys, max(id) AS highest FROM messaging.outbox GROUP BY topic ORDER BY topic`,
    );
    const [told, registered] = rows;
    expect(told).toMatchObject({ topic: 'records', events: first.body.accepted });
    expect(registered).toMatchObject({ topic: 'subjects', events: told!.keys });
  });

  test('asked for again, the batch and its errors are there, for its department only', async () => {
    const read = (as: Parameters<typeof records.call>[2] & object) =>
      records.call('GET', `/api/records/batches/${first.body.id}`, as);
    expect((await read({ as: system() })).body).toEqual(first.body);
    expect(await read({ as: system('hlj.finance') })).toMatchObject({
      status: 403,
      body: { code: 'request.other-department' },
    });
    expect(await read({ as: person('auditor') })).toMatchObject({ status: 200 });
    const errors = await records.call('GET', `/api/records/batches/${first.body.id}/errors`, {
      as: system(),
    });
    expect(errors.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = errors.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual(first.body.errors);
    const other = await records.call('GET', `/api/records/batches/${first.body.id}/errors`, {
      as: system('hlj.finance'),
    });
    expect(other).toMatchObject({ status: 403, body: { code: 'request.other-department' } });
  });

  test('the same key answers the same batch, another file under it is refused, the same file under a new key is all duplicates', async () => {
    const before = await records.footprint();
    expect((await send(file('penalties.csv'), { key })).body).toEqual(first.body);
    expect(await records.footprint()).toEqual(before);
    await refusedAsWhole(
      () => send(`${file('penalties.csv')}\n`, { key }),
      409,
      'request.idempotency-key-reused',
    );
    const again = (await send(file('penalties.csv'))).body;
    expect(again).toMatchObject({
      accepted: 0,
      duplicates: first.body.accepted + first.body.duplicates,
      refused: first.body.refused,
    });
    const after = await records.footprint();
    expect([after['credit_record'], after['messaging.outbox']]).toEqual([
      before['credit_record'],
      before['messaging.outbox'],
    ]);
  });
});

describe('a file', () => {
  test('as lines of JSON is answered the same way', async () => {
    const lines = [
      JSON.stringify(penalty({ CF_WSH: 'N-1', CF_NR_FK: 5.5 })),
      '',
      '{"broken',
      '[1]',
      JSON.stringify(penalty({ CF_WSH: 'N-2', CF_JDRQ: '2099-01-01' })),
      `{"a":${'['.repeat(100)}${']'.repeat(100)}}`,
      '{"__proto__":{"a":1}}',
      '{"CF_SY":"a\\ud800"}',
      JSON.stringify(penalty({ CF_WSH: 'N-3', CF_SY: 'x'.repeat(70_000) })),
      JSON.stringify(penalty({ CF_WSH: 'N-1', CF_NR_FK: 5.5 })),
    ];
    const { body } = await send(lines.join('\n'), { media: 'application/x-ndjson' });
    expect(body).toMatchObject({ total: 9, accepted: 1, duplicates: 1, refused: 7 });
    expect(body.errors.map(({ line, code }: { line: number; code: string }) => [line, code])).toEqual([
      [3, 'record.row-not-json'],
      [4, 'record.row-not-json'],
      [5, 'record.date-in-future'],
      [6, 'request.body-too-deep'],
      [7, 'request.forbidden-key'],
      [8, 'request.forbidden-character'],
      [9, 'record.row-too-long'],
    ]);
  });

  test('with a byte order mark, formulas, quoted line breaks, blank rows and a wrong quote', async () => {
    const text = csv([
      penalty({ CF_WSH: '=1+1', BZ: '=cmd|calc' }),
      penalty({ CF_WSH: 'B-2', CF_SY: '第一行\r\n第二行' }),
      penalty({ CF_WSH: 'B-3' }),
    ]);
    const columns = text.split('\r\n')[0]!.split(',').length;
    const file = `\ufeff${text}${','.repeat(columns - 1)}\r\n\r\n"open ${csv([penalty({ CF_WSH: 'B-4' })]).split('\r\n')[1]}\r\n`;
    const { body } = await send(file);
    expect(body).toMatchObject({ total: 4, accepted: 3, refused: 1 });
    expect(body.errors).toMatchObject([{ line: 8, code: 'record.row-quote-stray' }]);
    const { rows } = await records.database.db.query<{ payload: Record<string, string> }>(
      `SELECT payload FROM credit_record WHERE document_no = '=1+1'`,
    );
    expect(rows[0]!.payload).toMatchObject({ BZ: '=cmd|calc' });
  });

  test('of several chunks is taken whole, and duplicates across chunks are found', async () => {
    const rows = [...many(1200, 'C'), penalty({ CF_WSH: 'C-0' }), penalty({ CF_WSH: 'C-1', CF_NR_FK: '1' })];
    const { body } = await send(csv(rows));
    expect(body).toMatchObject({ total: 1202, accepted: 1200, duplicates: 1, refused: 1 });
    expect(body.errors).toMatchObject([
      { line: 1203, field: 'CF_WSH', code: 'record.conflicting-duplicate' },
    ]);
  });

  test('with more than a thousand errors shows a thousand and gives all as a file', async () => {
    const { body } = await send(csv(many(1100, 'E', () => ({ CF_JDRQ: '2099-01-01' }))));
    expect(body).toMatchObject({ total: 1100, accepted: 0, refused: 1100 });
    expect(body.errors).toHaveLength(1000);
    const file = await records.call('GET', `/api/records/batches/${body.id}/errors`, { as: system() });
    expect(file.text.trimEnd().split('\n')).toHaveLength(1100);
  });

  test('of 12 MB is taken (only single records are held to 1 MB)', async () => {
    const { body } = await send(csv(many(3000, 'L', () => ({ CF_SY: '长'.repeat(1300) }))));
    expect(body).toMatchObject({ total: 3000, accepted: 3000 });
  });

  test('two files with the same new subjects and records at once make each of them once', async () => {
    const codes = ['91350100M000100Y43', '914403001922038216', '91110108551385082Q'];
    const change = (index: number) => ({ CF_XDR_SHXYM: codes[index % 3] });
    const forward = many(700, 'P', change);
    const answers = await Promise.all([
      send(csv(forward)),
      send(csv([...forward].reverse())),
      send(csv(forward)),
    ]);
    const sum = (name: string) => answers.reduce((all, { body }) => all + body[name], 0);
    expect([sum('accepted'), sum('duplicates'), sum('refused')]).toEqual([700, 1400, 0]);
    const { rows } = await records.database.db.query(
      `SELECT count(*) AS subjects FROM subject WHERE code = ANY($1::text[])`,
      [codes],
    );
    expect(rows).toEqual([{ subjects: 3 }]);
  });
});

describe('a file is refused as a whole, and leaves nothing behind,', () => {
  const good = csv(many(2, 'W'));

  test('for a column that the type does not have, one that is missing, one that stands twice', async () => {
    const unknown = await refusedAsWhole(
      () => send(good.replace('CF_WSH', 'CF_XXX')),
      422,
      'batch.column-unknown',
    );
    expect(unknown).toMatchObject({ field: 'CF_XXX', facts: { position: 5, column: 'CF_XXX' } });
    await refusedAsWhole(() => send(good.replaceAll(',', ';')), 422, 'batch.column-unknown');
    const without = many(2, 'W', () => ({ CF_CFJGDM: undefined })).map(({ CF_CFJGDM: _, ...row }) => row);
    expect(await refusedAsWhole(() => send(csv(without)), 422, 'batch.column-missing')).toMatchObject({
      field: 'CF_CFJGDM',
    });
    await refusedAsWhole(() => send(good.replace('CF_SJLYDM', 'CF_WSH')), 422, 'batch.column-repeated');
  });

  test('when it is empty or has only a header', async () => {
    await refusedAsWhole(() => send('\n'), 422, 'batch.empty');
    await refusedAsWhole(() => send(`${good.split('\r\n')[0]}\r\n`), 422, 'batch.empty');
    await refusedAsWhole(() => send('\n\n', { media: 'application/x-ndjson' }), 422, 'batch.empty');
  });

  test('in GBK or UTF-16', async () => {
    // b9feb6fbb1f5 is 哈尔滨 in GBK, which Node does not write itself.
    const header = good.split('\r\n')[0]!;
    await refusedAsWhole(
      () => send(Buffer.concat([Buffer.from(`${header}\r\n`), Buffer.from('b9feb6fbb1f5', 'hex')])),
      400,
      'batch.encoding',
    );
    await refusedAsWhole(() => send(Buffer.from(`\ufeff${good}`, 'utf16le')), 400, 'batch.encoding');
  });

  test('of another content type, of an unknown record type, without a key or a token', async () => {
    await refusedAsWhole(() => send('{}', { media: 'application/json' }), 415, 'batch.media-type');
    await refusedAsWhole(
      () => send(good, { media: 'application/vnd.ms-excel' }),
      415,
      'request.unsupported-media-type',
    );
    await refusedAsWhole(() => send(good, { type: 'rumour' }), 422, 'record.type-unknown');
    await refusedAsWhole(() => send(good, { key: '' }), 400, 'request.idempotency-key-invalid');
    await refusedAsWhole(
      () =>
        records.call('POST', '/api/records/batches?type=penalty', {
          body: good,
          headers: { 'content-type': 'text/csv' },
        }),
      401,
      'request.no-token',
    );
    await refusedAsWhole(
      () => send(good, { as: person('operator') as ReturnType<typeof system> }),
      403,
      'request.role-missing',
    );
  });

  test('when it says that it is larger than 25 MB', async () => {
    await refusedAsWhole(() => send(Buffer.alloc(26 * 1024 * 1024, 'x')), 413, 'batch.too-large');
  });
});

test('an endless upload is cut off at 25 MB, what came before stays, and the row counts say so', async () => {
  const header = csv(many(1, 'M')).split('\r\n')[0]!;
  let index = 0;
  const endless = new ReadableStream({
    pull(controller) {
      const rows = Array.from({ length: 200 }, () =>
        penalty({ CF_WSH: `M-${index++}`, CF_SY: '长'.repeat(1300) }),
      );
      const text = csv(rows);
      controller.enqueue(new TextEncoder().encode(index === 200 ? text : text.slice(header.length + 2)));
    },
  });
  const key = randomUUID();
  const answer = await send(endless, { key }).catch((error: Error) => error);
  // The answer goes out while the client still sends; whether it reads it before the connection is cut is a race.
  if (!(answer instanceof Error))
    expect(answer).toMatchObject({ status: 413, body: { code: 'batch.too-large' } });
  const { rows } = await records.database.db.query<{ status: string; accepted: number; total: number }>(
    `SELECT status, accepted, total FROM batch WHERE idempotency_key = $1`,
    [key],
  );
  expect(rows[0]).toMatchObject({ status: 'broken-off', total: rows[0]!.accepted });
  expect(rows[0]!.accepted).toBeGreaterThan(4000);
});

test('an upload that breaks off leaves what was accepted and can be sent again', async () => {
  const rows = many(3000, 'K');
  const text = csv(rows);
  const key = randomUUID();
  const token = await issueToken(system());
  const { port } = new URL(records.base);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /api/records/batches?type=penalty HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: ${key}\r\n` +
      `Content-Type: text/csv\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`,
  );
  socket.write(Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * 0.7)));
  const batch = async () =>
    (
      await records.database.db.query<{ status: string; accepted: number }>(
        'SELECT status, accepted FROM batch WHERE idempotency_key = $1',
        [key],
      )
    ).rows[0]!;
  await eventually(async () => expect((await batch()).accepted).toBeGreaterThanOrEqual(2000));
  socket.destroy();
  await eventually(async () => expect((await batch()).status).toBe('broken-off'));
  const kept = (await batch()).accepted;
  expect(kept % 500).toBe(0);

  const again = await send(text, { key });
  expect(again).toMatchObject({
    status: 200,
    body: { total: 3000, accepted: 3000 - kept, duplicates: kept, refused: 0, status: 'done' },
  });
  const { rows: counted } = await records.database.db.query(
    `SELECT count(*) AS records FROM credit_record WHERE document_no LIKE 'K-%'`,
  );
  expect(counted).toEqual([{ records: 3000 }]);
});
