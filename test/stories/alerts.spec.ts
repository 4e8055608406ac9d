import { describe, expect, it } from '@jest/globals';
import { alertRules, metricsIn } from '../deploy/alert-rules.js';
import { SERVICES, serviceUrl } from './processes.js';

describe('the alert rules', () => {
  it('read only metrics that the running services show', async () => {
    const pages = await Promise.all(
      SERVICES.map(async (service) => (await fetch(serviceUrl(service, '/metrics'))).text()),
    );
    const shown = new Set(
      pages.flatMap((page) => [...page.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name)),
    );
    shown.add('up'); // made by Prometheus itself
    const base = (metric: string): string => metric.replace(/_(count|sum|bucket)$/, '');
    for (const { alert, expr } of alertRules()) {
      const metrics = metricsIn(expr);
      expect([alert, metrics.length]).not.toEqual([alert, 0]);
      expect([alert, metrics.filter((metric) => !shown.has(metric) && !shown.has(base(metric)))]).toEqual([
        alert,
        [],
      ]);
    }
  });
});
