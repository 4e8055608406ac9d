import type { LocalDate } from '#kernel';
import { ranksOf } from './check-lists.js';
import type { Findings } from './contradiction.js';
import type { Constrained, Constraint, DisciplineSupplement } from './discipline.js';
import type { Seeds } from './seed-files.js';

const ORDINANCE = '黑龙江省社会信用条例';
/** Words of discipline, of penalties and of limits: art. 31 calls a constraint only a convenience not given or taken back. */
const DISCIPLINE_ZH = /惩戒|处罚|限制|禁止|禁入|不准|吊销|暂扣|取消资格|约谈/;
const DISCIPLINE_EN = /disciplin|punish|penal|sanction|restrict|prohibit|forbid|limit|\bban/i;
/** To whom art. 45 itself closes the commitment procedure, whatever a list says. */
const WITHOUT_COMMITMENT: readonly Constrained[] = ['serious-list', 'false-commitment', 'unkept-commitment'];

/**
 * The two closed lists of the province (ordinance art. 31): 失信惩戒措施补充清单 adds discipline, only by a local
 * regulation and with a term; 失信约束措施 are none, and may not be it under another name.
 */
export function checkProvincialLists(seeds: Seeds, findings: Findings): void {
  checkSupplement(seeds, findings);
  checkConstraints(seeds, findings);
}

function checkSupplement(seeds: Seeds, findings: Findings): void {
  const found = findings.in('discipline-supplement');
  const entries = seeds['discipline-supplement'];
  const since = seeds.instruments.find(({ name }) => name === ORDINANCE)?.validFrom ?? null;
  for (const entry of entries) {
    if (!ranksOf(entry.basis, seeds).includes('local-regulation'))
      found(
        entry.id,
        'supplement.without-regulation',
        'A province adds a measure only by its local regulation.',
      );
    if (!entry.termRequired && (losesTerm(entry, entries) || addedLater(entry, since)))
      found(entry.id, 'supplement.without-term', 'A measure that a local regulation adds has a term.');
  }
}

/** The kinds that the ordinance itself names stand in the list from its first day on; what comes later is added. */
function addedLater({ follows, validFrom }: DisciplineSupplement, since: LocalDate | null): boolean {
  return follows === undefined && validFrom !== null && since !== null && validFrom > since;
}

/** What takes the place of an entry keeps the demand for a term that it had. */
function losesTerm(
  { follows }: { follows?: string },
  entries: readonly { id: string; termRequired?: boolean }[],
): boolean {
  return entries.some(({ id, termRequired }) => id === follows && termRequired);
}

function checkConstraints(seeds: Seeds, findings: Findings): void {
  const found = findings.in('constraints');
  const discipline = [...seeds['discipline-catalogue'], ...seeds['discipline-supplement']];
  for (const entry of seeds.constraints) {
    if (!ranksOf(entry.basis, seeds).includes('local-regulation'))
      found(
        entry.id,
        'constraint.without-regulation',
        'A constraint rests on the local regulation: cite it.',
      );
    if (DISCIPLINE_ZH.test(entry.zh) || DISCIPLINE_EN.test(entry.en))
      found(entry.id, 'constraint.says-discipline', `${entry.zh} says more than a convenience not given.`);
    const same = discipline.find(({ zh }) => names(entry.zh, zh));
    if (same)
      found(
        entry.id,
        'constraint.is-discipline',
        `${entry.zh} is the discipline measure ${same.id}, ${same.zh}.`,
      );
    if (!entry.termRequired && losesTerm(entry, seeds.constraints))
      found(entry.id, 'constraint.without-term', `It takes the place of ${entry.follows}, which has a term.`);
  }
  for (const edition of new Set(seeds.constraints.map((entry) => entry.edition))) {
    const left = leftOpen(seeds.constraints.filter((entry) => entry.edition === edition));
    if (left.length > 0)
      found(
        edition,
        'constraint.commitment-open',
        `Art. 45 closes the commitment procedure to ${left.join(', ')}: an entry of the list says so (closes).`,
      );
  }
}

/** One of the two names the other, whatever stands between their characters. */
function names(one: string, other: string): boolean {
  const [a, b] = [one, other].map((zh) => zh.replace(/[^\p{L}\p{N}]/gu, '')) as [string, string];
  return a.includes(b) || b.includes(a);
}

function leftOpen(edition: readonly Constraint[]): Constrained[] {
  const closed = new Set(
    edition.filter(({ closes }) => closes === 'commitment').flatMap(({ appliesTo }) => appliesTo),
  );
  return WITHOUT_COMMITMENT.filter((reached) => !closed.has(reached));
}
