import { isLocalDate } from '#kernel';
import type { Instrument, Seeded } from './basis.js';
import type { Findings } from './contradiction.js';
import type { RowFinding } from './finding-texts.js';
import { seedKinds, type SeedKind, type Seeds } from './seed-files.js';

/** The natural key of a row, without its validity. */
const keyOf: { [K in Exclude<SeedKind, 'calendars'>]: (row: Seeds[K][number]) => string } = {
  instruments: (row) => row.name,
  measures: (row) => String(row.number),
  units: (row) => row.id,
  'list-types': (row) => row.key,
  'removal-conditions': (row) => row.code,
  'procedure-rules': (row) => row.code,
  'repair-rules': (row) => row.id,
  'ordinance-clocks': (row) => row.code,
  'objection-rules': (row) => row.list,
  'clue-rules': (row) => row.kind,
  'discipline-catalogue': (row) => row.id,
  'discipline-supplement': (row) => row.id,
  constraints: (row) => row.id,
  'discipline-rules': (row) => row.id,
  'discipline-clocks': (row) => row.code,
  'not-applied-reasons': (row) => row.code,
  incentives: (row) => row.id,
  'incentive-reasons': (row) => row.code,
  'grade-models': (row) => `${row.id}/${row.version}`,
  'record-types': (row) => `${row.id}/${row.version}`,
  'severity-rules': (row) => row.id,
  'document-templates': (row) => row.id,
};

const UNITS_OF_PERIOD = ['day', 'working-day', 'month', 'year'];

/** What holds for every row: a key of its own, a validity that makes sense, a basis, a source. */
export function checkRows(seeds: Seeds, findings: Findings): void {
  const instruments = new Map(seeds.instruments.map((instrument) => [instrument.name, instrument]));
  for (const file of seedKinds) {
    if (file === 'calendars') continue;
    const rows = seeds[file] as (Seeded | Instrument)[];
    const key = keyOf[file] as (row: Seeded | Instrument) => string;
    checkVersions(rows, key, findings.in(file));
    for (const row of rows) {
      const name = nameOf(row, key(row));
      const found = findings.in(file);
      checkRow(row, name, found);
      if ('basis' in row) checkBasis(row, name, instruments, found);
    }
  }
}

type Found = (row: string, code: RowFinding, text: string, about?: string) => void;

function nameOf(row: Pick<Seeded, 'validFrom'>, key: string): string {
  return row.validFrom === null ? key : `${key}@${row.validFrom}`;
}

/** Rows of one key must follow each other: on each day at most one of them is valid. */
function checkVersions<R extends Pick<Seeded, 'validFrom' | 'validTo'>>(
  rows: R[],
  key: (row: R) => string,
  found: Found,
): void {
  for (const name of new Set(rows.map(key))) {
    const versions = rows.filter((row) => key(row) === name);
    const sorted = versions.sort((a, b) => (a.validFrom ?? '').localeCompare(b.validFrom ?? ''));
    for (const [index, row] of sorted.entries()) {
      const next = sorted[index + 1];
      if (next === undefined) continue;
      if (row.validFrom === next.validFrom) {
        found(
          nameOf(row, name),
          'seed.key-duplicate',
          `${name} is given twice from the same day.`,
          row.validFrom ?? undefined,
        );
      } else if (row.validTo === null || (next.validFrom !== null && row.validTo >= next.validFrom)) {
        found(
          nameOf(row, name),
          'seed.validity-overlap',
          `${name} is valid to ${row.validTo ?? 'further notice'}, but its next version starts on ${next.validFrom}.`,
          `${row.validFrom}, ${next.validFrom}`,
        );
      }
    }
  }
}

function checkRow(row: Seeded | Instrument, name: string, found: Found): void {
  const { validFrom, validTo, confirmed, source } = row;
  for (const date of [validFrom, validTo]) {
    if (date !== null && !isLocalDate(date)) found(name, 'seed.date-invalid', `${date} is no date.`, date);
  }
  if (validFrom !== null && validTo !== null && validFrom > validTo) {
    found(
      name,
      'seed.validity-reversed',
      `Valid from ${validFrom} to ${validTo}: the end is before the start.`,
      `${validFrom}, ${validTo}`,
    );
  }
  if (confirmed !== true && confirmed !== 'text' && confirmed !== false) {
    found(name, 'seed.confirmed-invalid', "confirmed must be true, 'text' or false.");
  }
  if (typeof source !== 'string' || source.trim() === '') {
    found(name, 'seed.source-missing', 'The row does not say where it was taken from.');
  }
  for (const period of periodsIn(row)) {
    const { count, unit } = period as { count: unknown; unit: unknown };
    if (!Number.isInteger(count) || (count as number) < 1 || !UNITS_OF_PERIOD.includes(unit as string)) {
      found(
        name,
        'seed.period-invalid',
        `${JSON.stringify(period)} is no period.`,
        `${String(count)} ${String(unit)}`,
      );
    }
  }
}

function checkBasis(row: Seeded, name: string, instruments: Map<string, Instrument>, found: Found): void {
  if (row.basis.length === 0) found(name, 'seed.basis-missing', 'The row cites no legal basis.');
  const cited = row.basis.map((basis) => instruments.get(basis.instrument));
  for (const [index, instrument] of cited.entries()) {
    if (instrument === undefined) {
      const text = `${row.basis[index]?.instrument} is not in the register of instruments.`;
      found(name, 'seed.instrument-unknown', text, row.basis[index]?.instrument);
    }
  }
  const onlyDefault = cited.length > 0 && cited.every((one) => one?.rank === 'organisational-default');
  if (onlyDefault && row.confirmed !== false) {
    found(name, 'seed.default-confirmed', 'A default of the project is not law: confirmed must be false.');
  }
}

/** Every period of a row, however deep it lies: whatever has a `count` and a `unit`. */
function* periodsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  if ('count' in value && 'unit' in value) yield value;
  for (const inner of Object.values(value)) yield* periodsIn(inner);
}
