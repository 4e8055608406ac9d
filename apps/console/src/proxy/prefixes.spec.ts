import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { addressAtService, PREFIXES, serviceBehind, SERVICES } from './prefixes.js';

describe('the map of addresses', () => {
  it.each([
    ['/api/subjects', 'records'],
    ['/api/subjects/91230199MA1C5TK04A', 'records'],
    ['/api/records/batches/7/errors', 'records'],
    ['/api/listings/7/repairs/8/decision', 'listing'],
    ['/public/listings', 'listing'],
    ['/api/discipline/actions', 'measures'],
    ['/api/grading/models', 'grading'],
    ['/api/feed', 'notifications'],
    ['/api/operations/measures/messaging', 'measures'],
    ['/oidc/.well-known/openid-configuration', 'identity'],
    ['/docs/grading/swagger-ui.css', 'grading'],
    ['/api/units/hlj.finance', 'identity'],
  ])('%s is answered by %s', (path, service) => expect(serviceBehind(path)).toBe(service));

  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/recordsx',
    '/api/record',
    '/api/operations',
    '/api/operations/health',
    '/api//records',
    '/api/%72ecords',
    '/API/records',
    '/health/ready',
    '/metrics',
    '/api/constructor',
    '/',
  ])('%s is answered by nobody behind', (path) => expect(serviceBehind(path)).toBeUndefined());

  it('has every route of every service', () => {
    for (const service of SERVICES) {
      for (const path of routesOf(service)) expect([path, serviceBehind(path)]).toEqual([path, service]);
    }
  });

  it('every service has its pages and its operations', () => {
    for (const service of SERVICES) {
      expect(PREFIXES[`/docs/${service}`]).toBe(service);
      expect(PREFIXES[`/api/operations/${service}`]).toBe(service);
    }
    expect(new Set(Object.values(PREFIXES))).toEqual(new Set(SERVICES));
  });

  it('only pages about a service have another address there', () => {
    expect(addressAtService('/docs/records/')).toBe('/docs/');
    expect(addressAtService('/docs/records/swagger-ui.css?v=1')).toBe('/docs/swagger-ui.css?v=1');
    expect(addressAtService('/docs/records/openapi.json')).toBe('/openapi.json');
    expect(addressAtService('/api/records/docs/records/')).toBe('/api/records/docs/records/');
  });
});

/** Read from the sources, not imported: an app knows nothing of another but its addresses. */
function routesOf(service: string): string[] {
  const home = fileURLToPath(new URL(`../../../${service}/src`, import.meta.url));
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.controller.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(home, file), 'utf8');
      const prefix = /@Controller\(\s*(?:'([^']*)')?/.exec(source)?.[1] ?? '';
      const routes = source.matchAll(/@(?:Get|Post|Put|Patch|Delete)\(\s*(?:'([^']*)')?/g);
      return [...routes].map(([, route = '']) => `/${prefix}/${route}`.replace(/\/+/g, '/'));
    });
}
