import { cpus, totalmem } from 'node:os';
import type { Result } from './matrix.js';
import type { Caught } from './planted.js';

const line = ({ fault, events, repeats, dropped, healed, seen, differences }: Result): string => {
  const cells = [fault, events, repeats, dropped, healed.toFixed(1), seen, differences.join('; ') || 'ok'];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
};

/** What came of the faults, as Markdown. */
export function tableOf(seed: number, results: readonly Result[]): string {
  const passed = results.filter(({ differences }) => differences.length === 0).length;
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}, FAULT_SEED=${seed}: ${passed} of ${results.length} endured`,
    '',
    '| Fault | Events | Twice in the topic | Dropped by consumers | Healed in s | Seen | Outcome |',
    '|---|---:|---:|---:|---:|---|---|',
    ...results.map(line),
    '',
  ].join('\n');
}

/** What the checker said of each planted mistake, as Markdown. */
export function plantedTableOf(found: readonly Caught[]): string {
  const mistakes = found.filter(({ mistake }) => !mistake.startsWith('none'));
  return [
    '| Planted mistake | What the checker found |',
    '|---|---|',
    ...found.map(({ mistake, differences }) => `| ${mistake} | ${differences[0] ?? 'nothing'} |`),
    '',
    `planted ${mistakes.length} / caught ${mistakes.filter(({ right }) => right).length}`,
    '',
  ].join('\n');
}
