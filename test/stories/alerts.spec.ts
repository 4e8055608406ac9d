import { beforeAll, describe, expect, it } from '@jest/globals';
import { alertRules, labelsIn, metricsIn, SCRAPED } from '../deploy/alert-rules.js';
import { SERVICES, serviceUrl } from './processes.js';

let pages: string[];
beforeAll(async () => {
  pages = await Promise.all(
    SERVICES.map(async (service) => (await fetch(serviceUrl(service, '/metrics'))).text()),
  );
});

/** Labels of the series that the services show of a metric. */
function labelsOf(metric: string): Set<string> {
  const series = new RegExp(`^${metric}\\{(.*)\\} `, 'gm');
  const shown = pages.flatMap((page) => [...page.matchAll(series)].map(([, labels]) => labels!));
  return new Set(shown.flatMap((labels) => [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label!)));
}

describe('the alert rules', () => {
  it('read only metrics that the running services show', () => {
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

  it('choose and gather only by labels that their metrics have', () => {
    let looked = 0;
    for (const { alert, expr } of alertRules()) {
      const { chosen, gathered } = labelsIn(expr);
      for (const [metric, label] of chosen) {
        if (SCRAPED.includes(label)) continue;
        looked += 1;
        expect([alert, metric, [...labelsOf(metric)]]).toEqual([
          alert,
          metric,
          expect.arrayContaining([label]),
        ]);
      }
      const had = new Set(metricsIn(expr).flatMap((metric) => [...labelsOf(metric)]));
      // A counter or gauge of which nothing has been counted yet shows no series.
      if (had.size === 0) continue;
      looked += 1;
      expect([alert, gathered.filter((label) => !SCRAPED.includes(label) && !had.has(label))]).toEqual([
        alert,
        [],
      ]);
    }
    expect(looked).toBeGreaterThan(8);
  });
});
