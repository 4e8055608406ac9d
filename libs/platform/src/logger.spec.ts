import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

describe('the log', () => {
  it('never quotes a row, an ID number or a token', () => {
    const lines: string[] = [];
    const out = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(line.toString());
        done();
      },
    });
    const logger = createLogger('spec', 'debug', out);
    const failure = Object.assign(new Error('violates check constraint'), {
      code: '23514',
      detail: 'Failing row contains (110101199003070038, 张三).',
      where: 'portal with parameter 110101199003070038',
    });
    logger.error({ err: failure }, 'unexpected error');
    logger.error({ err: new Error('outer', { cause: failure }) }, 'unexpected error');
    logger.debug({ facts: { citizenId: '110101199003070038' } }, 'refused');
    expect(lines).toHaveLength(3);
    expect(lines.join('')).toContain('23514');
    expect(lines.join('')).not.toMatch(/110101199003070038|张三/);
  });
});
