import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../tour/api.js';

/* The README's steps are run as they stand there, word for word, with the address of this stack put in. */
const base = process.env['CHENGXIN_URL']!;
const run = promisify(execFile);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const steps = readme
  .slice(readme.indexOf('By hand, the first steps:'), readme.indexOf('## Settings'))
  .split('```sh\n')
  .slice(1)
  .map((part) => part.slice(0, part.indexOf('```')).replaceAll('http://127.0.0.1:7100', base));

describe('the steps of the README', () => {
  it('copy and run, and answer what the README says', async () => {
    expect(steps).toHaveLength(5);
    const script = steps.map((step) => `${step}\nprintf '\\n'`).join('\n');
    const twice = async (): Promise<string> => (await run('bash', ['-euo', 'pipefail', '-c', script])).stdout;
    // The grade follows by event: a reader of the README is slower than a script, which therefore waits once.
    await twice();
    await pause(3_000);
    const stdout = await twice();
    const answers = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .flatMap((line) => line.replaceAll('}{', '}\n{').split('\n'))
      .map((line) => JSON.parse(line) as Json);
    const [pushed, file, grade, listType, rules, refused] = answers;
    expect(pushed).toMatchObject({
      documentNo: '（虚构）哈市监罚〔2024〕1号',
      subject: { code: '91230100MA1ABCDE8J' },
    });
    expect(file.records.map((record: Json) => record.documentNo)).toContain('（虚构）哈市监罚〔2024〕1号');
    expect(grade).toMatchObject({
      grade: expect.stringMatching(/^[A-E]$/),
      explanation: { zh: expect.any(String) },
    });
    expect(listType).toMatchObject({ key: 'SAMR', version: '2021-09-01' });
    expect(rules.items.length).toBeGreaterThan(0);
    expect(refused.errors).toHaveLength(13);
  });
});
