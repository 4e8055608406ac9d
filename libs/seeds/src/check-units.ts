import { checkCreditCode } from '#kernel';
import type { Findings } from './contradiction.js';
import type { Seeds } from './seed-files.js';
import type { Unit } from './unit.js';

/** Units and the measures that name them: every string leads to one unit, every unit to its parents. */
export function checkUnits(seeds: Seeds, findings: Findings): void {
  const found = findings.in('units');
  const units = new Map(seeds.units.map((unit) => [unit.id, unit]));
  const bySeedName = new Map<string, Unit>();
  for (const unit of seeds.units) {
    if (unit.parent !== null && !units.has(unit.parent)) {
      found(unit.id, 'unit.parent-unknown', `Its parent ${unit.parent} is no unit.`);
    }
    if (unit.successor !== undefined && !units.has(unit.successor)) {
      found(unit.id, 'unit.successor-unknown', `Its successor ${unit.successor} is no unit.`);
    }
    if (!/^\d{6}$/.test(unit.region))
      found(unit.id, 'unit.region-invalid', `${unit.region} is no region code.`);
    if (unit.creditCode !== null && !checkCreditCode(unit.creditCode).ok) {
      found(unit.id, 'unit.credit-code-invalid', `${unit.creditCode} fails the check of GB 32100.`);
    }
    if ((unit.kind === 'collective') !== (unit.collective !== undefined)) {
      const text = 'A collective, and only a collective, says how it becomes units that can report.';
      found(unit.id, 'unit.collective-rule', text);
    }
    for (const member of membersOf(unit)) {
      if (!units.has(member)) found(unit.id, 'unit.member-unknown', `Its member ${member} is no unit.`);
    }
    if (isCircular(unit, units)) found(unit.id, 'unit.circular', 'It stands above itself.');
    if (unit.seedName === null) continue;
    const other = bySeedName.get(unit.seedName);
    if (other) found(unit.id, 'unit.seed-name-duplicate', `${unit.seedName} is also ${other.id}.`);
    bySeedName.set(unit.seedName, unit);
  }
  checkMeasures(seeds, bySeedName, findings);
}

function membersOf(unit: Unit): string[] {
  return unit.collective?.by === 'members' ? unit.collective.members : [];
}

/** Parents, successors and members must lead away from a unit, never back to it. */
function isCircular(unit: Unit, units: Map<string, Unit>): boolean {
  const seen = new Set<string>();
  const open = [unit.id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const at = units.get(id);
    if (at === undefined) continue;
    const further = at.parent !== null ? [at.parent] : [];
    if (at.successor !== undefined) further.push(at.successor);
    for (const next of [...further, ...membersOf(at)]) {
      if (next === unit.id) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}

function checkMeasures(seeds: Seeds, bySeedName: Map<string, Unit>, findings: Findings): void {
  const found = findings.in('measures');
  const lists = new Set<string>(seeds['list-types'].map((list) => list.key));
  for (const measure of seeds.measures) {
    const row = String(measure.number);
    for (const name of [...measure.leadUnits, ...measure.responsibleUnits]) {
      if (!bySeedName.has(name)) found(row, 'measure.unit-unknown', `${name} is the name of no unit.`);
    }
    for (const name of measure.leadUnits.filter((lead) => measure.responsibleUnits.includes(lead))) {
      found(row, 'measure.unit-twice', `${name} is lead and responsible at once.`);
    }
    if (measure.leadUnits.length === 0 && measure.responsibleUnits.length === 0) {
      found(row, 'measure.nobody', 'Neither a lead nor a responsible unit.');
    }
    for (const list of measure.lists.filter((key) => !lists.has(key))) {
      found(row, 'measure.list-unknown', `${list} is no list type.`);
    }
    // The link stands on both sides, so that each file reads alone; it must be the same link.
    for (const list of seeds['list-types']) {
      if (list.measures.includes(measure.number) !== measure.lists.includes(list.key)) {
        found(
          row,
          'measure.list-disagrees',
          `${list.key}@${list.validFrom} and the measure disagree on their link.`,
        );
      }
    }
  }
}
