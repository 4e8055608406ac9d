import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

export function alertRules(): AlertRule[] {
  const file = new URL('../../deploy/prometheus/alerts.yml', import.meta.url);
  const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

const WORDS = new Set(['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'bool', 'offset']);

/** The metrics that an expression reads: its names that are neither functions, words of the language nor labels. */
export function metricsIn(expr: string): string[] {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const names = [...bare.matchAll(/\b[a-zA-Z_][a-zA-Z0-9_]*\b(?!\s*\()/g)].map(([name]) => name);
  return [...new Set(names)].filter((name) => !WORDS.has(name));
}

/** Labels that whoever scrapes puts to every series. */
export const SCRAPED = ['job', 'service', 'instance'];

const LIST = /\b(?:by|on)\s*\(([^)]*)\)/g;
const namesOf = (list: string): string[] => list.split(',').map((name) => name.trim());

/** The labels that an expression chooses by, with their metrics, and those that it gathers or joins by. */
export function labelsIn(expr: string): { chosen: [metric: string, label: string][]; gathered: string[] } {
  const chosen = [...expr.matchAll(/\b(\w+)\{([^}]*)\}/g)].flatMap(([, metric, list]) =>
    [...list!.matchAll(/(\w+)\s*[=!]/g)].map(([, label]): [string, string] => [metric!, label!]),
  );
  const gathered = [...expr.matchAll(LIST)].flatMap(([, list]) => namesOf(list!));
  return { chosen, gathered: [...new Set(gathered)] };
}

/** The labels that an alert has: those of its outermost aggregation; undefined where nothing is gathered. */
export function labelsOfAlert(expr: string): string[] | undefined {
  const outermost = /\b(?:sum|max|min|avg|count) by \(([^)]*)\)/.exec(expr);
  return outermost ? namesOf(outermost[1]!) : undefined;
}
