import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { CAUSES } from '../../libs/messaging/src/inbox/classify.js';
import { SERVICE_PORTS, SERVICES } from '../stories/processes.js';
import { alertRules, labelsIn, labelsOfAlert, metricsIn } from './alert-rules.js';

/* Whether the metrics exist is asked of the running services: test/stories/alerts.spec.ts. */
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const rules = alertRules();

describe('the alert rules', () => {
  it('each say how bad it is, what is the matter and what to do first', () => {
    expect(rules.length).toBeGreaterThan(15);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect([alert, labels['severity']]).toEqual([alert, expect.stringMatching(/^(critical|warning)$/)]);
      expect(annotations['summary']).toMatch(/\S+ \S+/);
      expect(annotations['runbook']).toMatch(
        new RegExp(`^\\S+ .+ docs/runbook\\.md#${alert.toLowerCase()}$`),
      );
    }
  });

  it('each have their chapter in the runbook, and the runbook has no other', () => {
    const chapters = [...read('docs/runbook.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(chapters).toEqual(rules.map(({ alert }) => alert));
  });

  it('lead to a cure for each cause for which an event is set aside', () => {
    const causes = [...read('docs/runbook.md').matchAll(/^\| `([a-z-]+)` \| .+ \| .+ \|$/gm)].map(
      ([, cause]) => cause,
    );
    expect(causes).toEqual(expect.arrayContaining([...CAUSES]));
  });

  it('tell only of labels that are left when all is gathered', () => {
    for (const { alert, expr, annotations } of rules) {
      const told = [...annotations['summary']!.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
      const has = labelsOfAlert(expr) ?? told;
      expect([alert, told.filter((label) => !has.includes(label!))]).toEqual([alert, []]);
    }
  });

  it('are read as PromQL reads them', () => {
    expect(
      metricsIn('sum by (service) (max by (a, b) (lag{x="by"})) > 0 and on (service) t_s < time() - 120'),
    ).toEqual(['lag', 't_s']);
    expect(metricsIn('sum(rate(x_total{status=~"5.."}[5m])) unless on (s) up == 1')).toEqual([
      'x_total',
      'up',
    ]);
    expect(labelsIn('sum by (a, b) (lag{x="by", y=~"1"}) > 0 and on (c) t_s < 1')).toEqual({
      chosen: [
        ['lag', 'x'],
        ['lag', 'y'],
      ],
      gathered: ['a', 'b', 'c'],
    });
    expect(labelsOfAlert('sum by (a) (max by (a, b) (lag)) > 0')).toEqual(['a']);
    expect(labelsOfAlert('time() - min by (a) (t_s) > 5')).toEqual(['a']);
    expect(labelsOfAlert('working == 0')).toBeUndefined();
  });
});

describe('the scrape configuration', () => {
  it('names every service at its port, and the rules', () => {
    const { scrape_configs: scrapes, rule_files: files } = parse(
      read('deploy/prometheus/prometheus.yml'),
    ) as {
      rule_files: string[];
      scrape_configs: { static_configs: { targets: string[]; labels: { service: string } }[] }[];
    };
    expect(files).toEqual(['alerts.yml']);
    expect(
      Object.fromEntries(
        scrapes[0]!.static_configs.map(({ targets, labels }) => [labels.service, targets[0]]),
      ),
    ).toEqual(
      Object.fromEntries(SERVICES.map((service) => [service, `127.0.0.1:${7100 + SERVICE_PORTS[service]}`])),
    );
  });
});
