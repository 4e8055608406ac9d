import { FINAL, FIRST, LIFECYCLE } from './lifecycle.js';
import { CLUE_FINAL, CLUE_LIFECYCLE } from '../clue/lifecycle.js';
import { OBJECTION_FINAL, OBJECTION_LIFECYCLE } from '../objection/lifecycle.js';
import { RECORD_REPAIR_FINAL, RECORD_REPAIR_LIFECYCLE } from '../record-repair/lifecycle.js';
import {
  CALENDAR_DRAFT_LIFECYCLE,
  DRAFT_FINAL,
  LIST_TYPE_DRAFT_LIFECYCLE,
} from '../rules/draft-lifecycle.js';

/** A row of a lifecycle table, as far as it is drawn. */
interface Row {
  /** null: nothing is there yet. */
  from: string | null;
  action: string;
  to: readonly string[];
  who: readonly { role: string; of: string }[] | string;
  conditions?: readonly string[];
  starts?: readonly string[];
  stops?: readonly string[];
}

interface Table {
  rows: readonly Row[];
  /** How it begins, where no row of the table says so. */
  opening: { to: string; label: string } | null;
  final: readonly string[];
}

/** What is drawn into the README, each between its two marks. */
const TABLES = {
  lifecycle: { rows: LIFECYCLE, opening: { to: FIRST, label: 'open (handler)' }, final: FINAL },
  objection: { rows: OBJECTION_LIFECYCLE, opening: null, final: OBJECTION_FINAL },
  'record-repair': { rows: RECORD_REPAIR_LIFECYCLE, opening: null, final: RECORD_REPAIR_FINAL },
  clue: { rows: CLUE_LIFECYCLE, opening: null, final: CLUE_FINAL },
  'list-type-draft': { rows: LIST_TYPE_DRAFT_LIFECYCLE, opening: null, final: DRAFT_FINAL },
  'calendar-draft': { rows: CALENDAR_DRAFT_LIFECYCLE, opening: null, final: DRAFT_FINAL },
} satisfies Record<string, Table>;
export type DrawnTable = keyof typeof TABLES;
export const DRAWN_TABLES = Object.keys(TABLES) as DrawnTable[];

/** Where an actor sits; the deciding unit and the party are not named, since the role says it. */
const SEATS: Readonly<Record<string, string>> = {
  owner: '',
  party: '',
  superior: ' above',
  helper: ' of the helping unit',
};

/** What a row says of who acts, in one word each. */
function whoOf({ who }: Row): string {
  return typeof who === 'string' ? who : who.map(({ role, of }) => `${role}${SEATS[of]}`).join(', ');
}

/** Mermaid wants names of states without hyphens; the label keeps the real one. */
const nameOf = (status: string | null): string => status?.replaceAll('-', '_') ?? '[*]';

/** A lifecycle as a Mermaid state diagram. Rows that only stay where they are would hide the way. */
function draw({ rows, opening, final }: Table): string {
  const ways = rows.flatMap((step) =>
    step.to
      .filter((to) => to !== step.from)
      .map((to) => ({
        key: `${nameOf(step.from)} --> ${nameOf(to)}`,
        value: `${step.action} (${whoOf(step)})`,
      })),
  );
  return [
    'stateDiagram-v2',
    ...(opening ? [`  [*] --> ${nameOf(opening.to)}: ${opening.label}`] : []),
    ...grouped(ways).map(([way, labels]) => `  ${way}: ${labels.join(' / ')}`),
    ...final.map((status) => `  ${nameOf(status)} --> [*]`),
  ].join('\n');
}

/** The whole table as Markdown, equal rows of several statuses in one, for a reader who checks it against the law. */
function tabulate({ rows }: Table): string {
  const list = (values: readonly string[] | undefined): string => values?.join(', ') || '–';
  const lines = rows.map((step) => {
    const to = step.to.map((status) => (status === step.from ? '(stays)' : status));
    const key = [
      step.action,
      list(to),
      whoOf(step),
      list(step.conditions),
      list(step.starts),
      list(step.stops),
    ].join(' | ');
    return { key, value: step.from ?? '–' };
  });
  const head = ['from', 'action', 'to', 'who', 'conditions', 'starts clocks', 'stops clocks'].join(' | ');
  const body = grouped(lines).map(([rest, from]) => `| ${from.join(', ')} | ${rest} |`);
  return [`| ${head} |`, '| --- | --- | --- | --- | --- | --- | --- |', ...body].join('\n');
}

/** Values by key, keys in the order in which they first came. */
function grouped(entries: readonly { key: string; value: string }[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { key, value } of entries) groups.set(key, [...(groups.get(key) ?? []), value]);
  return [...groups];
}

/** The statuses in which a matter of that table begins, its rows, and where it rests. */
export function tableOf(table: DrawnTable): {
  first: string[];
  rows: readonly Row[];
  final: readonly string[];
} {
  const { rows, opening, final }: Table = TABLES[table];
  const begins = rows.filter(({ from }) => from === null).flatMap(({ to }) => to);
  return { first: opening ? [opening.to] : begins, rows, final };
}

const FENCE = '```';

/** The generated part of the README for a table, between its two marks. */
export function sectionOf(table: DrawnTable): string {
  const drawn = TABLES[table];
  return [`${FENCE}mermaid`, draw(drawn), FENCE, '', tabulate(drawn)].join('\n');
}

/** The two marks between which a table is drawn; what lies between them is the second group. */
export function placeOf(table: DrawnTable): RegExp {
  return new RegExp(
    `(<!-- ${table}: drawn from [a-z/-]*lifecycle\\.ts -->\\n)([\\s\\S]*?)(\\n<!-- /${table} -->)`,
  );
}
