import { describe, expect, it } from '@jest/globals';
import { eventually } from '../tour/api.js';
import { PersonLogin } from '../tour/logins.js';

const base = process.env['CHENGXIN_URL']!;
const SERVICES = ['records', 'listing', 'measures', 'grading', 'notifications'];

describe('an operator at the front door', () => {
  it('sees the messaging of every service in one answer', async () => {
    const authorization = `Bearer ${await new PersonLogin(base, 'operator').token()}`;
    await eventually('all services to tell', async () => {
      const answer = await fetch(`${base}/api/operations/messaging`, { headers: { authorization } });
      const { services, missing } = (await answer.json()) as {
        services: Record<string, { consumer: { state: string; lag: unknown[] | null } }>;
        missing: object;
      };
      return (
        Object.keys(missing).length === 0 &&
        SERVICES.every((name) => services[name]?.consumer.state === 'ok' && services[name].consumer.lag)
      );
    });
  });

  it('finds the calls of redrives in the document of all services', async () => {
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: unknown; summary?: string }>>;
    };
    for (const service of SERVICES) {
      const under = `/api/operations/${service}/messaging/redrives`;
      for (const [path, method] of [
        [under, 'get'],
        [under, 'post'],
        [`${under}/dry-run`, 'post'],
        [`${under}/{id}`, 'get'],
        [`${under}/{id}/items`, 'get'],
        [`${under}/{id}/start`, 'post'],
        [`${under}/{id}/pause`, 'post'],
        [`${under}/{id}/resume`, 'post'],
        [`${under}/{id}/cancel`, 'post'],
      ] as const)
        expect([path, method, document.paths[path]?.[method]?.summary]).toEqual([
          path,
          method,
          expect.stringMatching(/\S/),
        ]);
      expect(document.paths[under]!['post']!.requestBody).toBeDefined();
    }
  });
});
