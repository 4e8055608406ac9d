import { FINAL, FIRST, LIFECYCLE, type Step } from './lifecycle.js';

/** What a row says of who acts, in one word each. */
function whoOf(step: Step): string {
  if (typeof step.who === 'string') return step.who;
  const of = { owner: '', superior: ' above', party: '' } as const;
  return step.who.map((actor) => `${actor.role}${of[actor.of]}`).join(', ');
}

/** Mermaid wants names of states without hyphens; the label keeps the real one. */
const nameOf = (status: string): string => status.replaceAll('-', '_');

/** The lifecycle as a Mermaid state diagram. Rows that only stay where they are would hide the way. */
export function drawLifecycle(): string {
  const ways = LIFECYCLE.flatMap((step) =>
    step.to
      .filter((to) => to !== step.from)
      .map((to) => ({
        key: `${nameOf(step.from)} --> ${nameOf(to)}`,
        value: `${step.action} (${whoOf(step)})`,
      })),
  );
  return [
    'stateDiagram-v2',
    `  [*] --> ${nameOf(FIRST)}: open (handler)`,
    ...grouped(ways).map(([way, labels]) => `  ${way}: ${labels.join(' / ')}`),
    ...FINAL.map((status) => `  ${nameOf(status)} --> [*]`),
  ].join('\n');
}

/** The whole table as Markdown, equal rows of several statuses in one, for a reader who checks it against the law. */
export function tabulateLifecycle(): string {
  const list = (values: readonly string[] | undefined): string => values?.join(', ') || '–';
  const rows = LIFECYCLE.map((step) => {
    const to = step.to.map((status) => (status === step.from ? '(stays)' : status));
    const key = [
      step.action,
      list(to),
      whoOf(step),
      list(step.conditions),
      list(step.starts),
      list(step.stops),
    ].join(' | ');
    return { key, value: step.from };
  });
  const head = ['from', 'action', 'to', 'who', 'conditions', 'starts clocks', 'stops clocks'].join(' | ');
  const lines = grouped(rows).map(([rest, from]) => `| ${from.join(', ')} | ${rest} |`);
  return [`| ${head} |`, '| --- | --- | --- | --- | --- | --- | --- |', ...lines].join('\n');
}

/** Values by key, keys in the order in which they first came. */
function grouped(entries: readonly { key: string; value: string }[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { key, value } of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return [...groups];
}

const FENCE = '```';

/** The generated part of the README, between its two marks. */
export function lifecycleSection(): string {
  return [`${FENCE}mermaid`, drawLifecycle(), FENCE, '', tabulateLifecycle()].join('\n');
}
