/**
 * Loads the fictitious subjects, their links and a file of 500 penalties through the public API, as their
 * departments would: `node dist/seeds/demo/load.js`, CHENGXIN_URL names the system (default
 * http://127.0.0.1:7100). Run again it changes nothing: keys are fixed by what is sent. Exits with 1 when the
 * rows that are refused are not those of penalties.expected.json.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedsFolder } from '#seeds';
import { Department, LoadFailed, type Sent } from './department.js';

interface DemoSubject {
  ref: string;
  kind: string;
  name: string;
  creditCode?: string;
  citizenId?: string;
  region: string;
}

interface DemoLink {
  kind: string;
  organisation: string;
  party: string;
  since: string;
}

interface Expected {
  totals: { rows: number; accepted: number; duplicates: number; refused: number };
  lines: { line: number; outcome: 'refused' | 'duplicate'; field: string; code: string }[];
}

const BASE = process.env['CHENGXIN_URL'] ?? 'http://127.0.0.1:7100';

/** Who registers which kind; everybody else's are the market regulator's. */
const REGISTRIES: Record<string, string> = {
  'social-organisation': 'hlj.civil-affairs',
  'public-institution': 'hlj.establishment',
  'government-body': 'hlj.establishment',
  'natural-person': 'hlj.public-security',
};
const MARKET_REGULATION = 'hlj.market-regulation';
/** Requests under way at once: enough to keep two cores busy. */
const SIDE_BY_SIDE = 8;

const departments = new Map<string, Department>();
function departmentOf(kind: string): Department {
  const unit = REGISTRIES[kind] ?? MARKET_REGULATION;
  const department = departments.get(unit) ?? new Department(BASE, unit);
  departments.set(unit, department);
  return department;
}

const file = (name: string): string => readFileSync(join(seedsFolder(), 'demo', name), 'utf8');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The same content has the same key, so that a second load is answered from the first. */
function keyOf(what: string, body: string): string {
  return `demo-${what}-${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
}

/** @throws LoadFailed with the problem that was answered */
function taken(what: string, { status, body }: Sent): Sent['body'] {
  if (status === 200 || status === 201) return body;
  throw new LoadFailed(`${what} was refused: ${status} ${body.code}: ${body.detail} ${body.cure}`);
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

/** @returns the id of each subject by its reference in the file */
async function loadSubjects(subjects: readonly DemoSubject[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  await sideBySide(subjects, async ({ ref, kind, name, creditCode, citizenId, region }) => {
    const body = JSON.stringify({ kind, code: creditCode, citizenId, name, region });
    const sent = await departmentOf(kind).post('/api/subjects', keyOf(ref, body), body);
    ids.set(ref, taken(`subject ${ref}`, sent).id as string);
  });
  say(`subjects: ${subjects.length} registered`);
  return ids;
}

async function loadLinks(links: readonly DemoLink[], ids: ReadonlyMap<string, string>): Promise<void> {
  await sideBySide(links, async ({ kind, organisation, party, since }) => {
    const body = JSON.stringify({ kind, party: ids.get(party), since });
    const what = `${kind}-${organisation}-${party}`;
    const sent = await departmentOf('enterprise').post(
      `/api/subjects/${ids.get(organisation)}/links`,
      keyOf(what, body),
      body,
    );
    taken(`link ${what}`, sent);
  });
  say(`links: ${links.length} told`);
}

/** @returns what differs from the expectation, as lines to print */
async function loadPenalties(): Promise<string[]> {
  const csv = file('penalties.csv');
  const expected = JSON.parse(file('penalties.expected.json')) as Expected;
  const sent = await departmentOf('enterprise').post(
    '/api/records/batches?type=penalty',
    keyOf('penalties', csv),
    csv,
    'text/csv',
  );
  const batch = taken('the file of penalties', sent);
  say(
    `penalties: ${batch.total} rows, ${batch.accepted} accepted, ${batch.duplicates} duplicates, ${batch.refused} refused`,
  );
  const line = (error: { line: number; field: string; code: string }): string =>
    `line ${error.line}: ${error.field} ${error.code}`;
  const seen = new Set<string>(batch.errors.map(line));
  const awaited = new Set(expected.lines.filter(({ outcome }) => outcome === 'refused').map(line));
  const { accepted, duplicates } = expected.totals;
  return [
    ...[...awaited].filter((one) => !seen.has(one)).map((one) => `expected and not answered: ${one}`),
    ...[...seen].filter((one) => !awaited.has(one)).map((one) => `answered and not expected: ${one}`),
    ...(batch.accepted + batch.duplicates === accepted + duplicates
      ? []
      : [
          `${batch.accepted + batch.duplicates} rows were taken or known instead of ${accepted + duplicates}`,
        ]),
  ];
}

async function load(): Promise<number> {
  const { subjects, links } = JSON.parse(file('subjects.json')) as {
    subjects: DemoSubject[];
    links: DemoLink[];
  };
  say(`Loading fictitious demo data into ${BASE}`);
  const ids = await loadSubjects(subjects);
  await loadLinks(links, ids);
  const differences = await loadPenalties();
  for (const difference of differences) say(difference);
  return differences.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await load();
} catch (error) {
  if (!(error instanceof LoadFailed)) throw error;
  say(error.message);
  process.exitCode = 1;
}
