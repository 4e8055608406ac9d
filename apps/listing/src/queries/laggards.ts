import { Injectable } from '@nestjs/common';
import { daysBetween, type LocalDate } from '#kernel';
import { type Actor, Clock, Database } from '#platform';
import { type Consequences, type MissingReceipt, missingReceipts } from '../domain/ending/closure.js';
import type { ReceiptKind } from '../domain/ending/receipt.js';
import type { Closed, Ended, ListingCase } from '../domain/case/case.js';
import { laggards } from '../domain/repair/entry.js';
import { Cases } from '../store/cases.js';
import { Closures } from '../store/closures.js';
import { Units } from '../store/units.js';

/** The oldest ended cases that a report looks at; more of them waiting is a finding of its own. */
const MOST = 2_000;

/** A receipt that has not come. */
export interface Laggard {
  unit: string;
  kind: ReceiptKind;
  caseId: string;
  caseNo: string;
  department: string;
  endedOn: LocalDate;
  /** By this day publication, sharing and discipline must have stopped. */
  dueOn: LocalDate | null;
  days: number;
  late: boolean;
  /** Of a lifting: found missing on an appeal, and by when it must be done since (联合惩戒办法 art. 14, 16); null: not. */
  urged: { on: LocalDate; liftBy: LocalDate | null } | null;
}

/** A system that has not confirmed by its day that it reads as corrected (ordinance art. 39). */
export interface CorrectionLaggard {
  system: string;
  caseId: string;
  caseNo: string;
  department: string;
  correction: number;
  correctedOn: LocalDate;
  confirmBy: LocalDate;
  days: number;
}

/** Who still owes a receipt of an ended listing, or of a correction, and since when. What is owed, `missingReceipts` says, here as at the closing. */
@Injectable()
export class Laggards {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly units: Units,
    private readonly cases: Cases,
    private readonly closures: Closures,
  ) {}

  /** The unit's own cases and those below it, and what the unit itself owes to others; an auditor sees all. */
  async for(actor: Actor): Promise<object> {
    const today = this.clock.today();
    const ended = await this.cases.endedLongest(this.database, MOST + 1);
    const urged = await this.cases.closedUrged(this.database, MOST + 1);
    const looked = [...ended.slice(0, MOST), ...urged.slice(0, MOST)];
    const known = await this.closures.ofAll(
      this.database,
      looked.map(({ id }) => id),
    );
    const own = actor.department ? [actor.department, ...this.units.below(actor.department)] : [];
    const all = actor.roles.includes('auditor');
    const items = looked
      .flatMap((state): Laggard[] =>
        owed(state, known.get(state.id)!).map(({ kind, from }) => ({
          unit: from,
          kind,
          caseId: state.id,
          caseNo: state.no,
          department: state.department,
          endedOn: state.end.endedOn,
          dueOn: state.end.removalDue,
          days: daysBetween(state.end.endedOn, today),
          late: state.end.removalDue !== null && today > state.end.removalDue,
          urged: kind === 'discipline-lifted' ? urgedOf(state, from) : null,
        })),
      )
      .filter(({ unit, department }) => all || own.includes(department) || unit === actor.department);
    const late = await this.cases.correctedLate(this.database, MOST + 1);
    const corrections = late
      .slice(0, MOST)
      .flatMap((state) => correctionsOf(state, today))
      .filter(({ department }) => all || own.includes(department));
    const complete = ended.length <= MOST && urged.length <= MOST && late.length <= MOST;
    return { today, complete, units: byUnit(items), items, corrections };
  }
}

/** Of a closed case nothing but what was found not to be lifted. */
function owed(state: Ended | Closed, known: Consequences): MissingReceipt[] {
  const missing = missingReceipts(state, known);
  return state.status === 'closed' ? missing.filter(({ kind }) => kind === 'discipline-lifted') : missing;
}

/** The last urging of a unit. */
function urgedOf({ end: { urged = [] } }: Ended | Closed, unit: string): Laggard['urged'] {
  const last = urged.findLast((one) => one.unit === unit);
  return last ? { on: last.on, liftBy: last.liftBy } : null;
}

function correctionsOf(state: ListingCase, today: LocalDate): CorrectionLaggard[] {
  if (!('entry' in state)) return [];
  const { id: caseId, no: caseNo, department } = state;
  return state.entry.corrections.flatMap((correction) => {
    const { number, on: correctedOn, confirmBy } = correction;
    if (confirmBy === null || today <= confirmBy) return [];
    const since = { correction: number, correctedOn, confirmBy, days: daysBetween(correctedOn, today) };
    return laggards(correction).map((system) => ({ system, caseId, caseNo, department, ...since }));
  });
}

/** One line a unit, the longest waiting first. */
function byUnit(items: readonly Laggard[]): object[] {
  const units = new Map<
    string,
    { unit: string; receipts: number; late: number; oldest: LocalDate; days: number }
  >();
  for (const { unit, late, endedOn, days } of items) {
    const line = units.get(unit) ?? { unit, receipts: 0, late: 0, oldest: endedOn, days };
    line.receipts += 1;
    line.late += late ? 1 : 0;
    if (days > line.days) Object.assign(line, { oldest: endedOn, days });
    units.set(unit, line);
  }
  return [...units.values()].sort((a, b) => b.days - a.days || (a.unit < b.unit ? -1 : 1));
}
