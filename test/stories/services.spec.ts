import { describe, expect, it } from '@jest/globals';
import { SERVICES, serviceUrl } from './processes.js';

describe.each(SERVICES)('the built service %s', (service) => {
  it('is live and ready', async () => {
    expect((await fetch(serviceUrl(service, '/health/live'))).status).toBe(200);
    const ready = await fetch(serviceUrl(service, '/health/ready'));
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ status: 'ready' })]);
  });

  it('shows Prometheus metrics', async () => {
    const text = await (await fetch(serviceUrl(service, '/metrics'))).text();
    expect(text).toContain('# TYPE http_request_duration_seconds histogram');
  });

  it('has an OpenAPI 3.1 document with its routes, and a page to read it', async () => {
    const document = (await (await fetch(serviceUrl(service, '/openapi.json'))).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths).length).toBeGreaterThan(0);
    expect((await fetch(serviceUrl(service, '/docs'))).status).toBe(200);
  });

  it('continues the trace of its caller', async () => {
    const answer = await fetch(serviceUrl(service, '/health/live'), {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    });
    expect(answer.headers.get('traceparent')).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
  });
});
