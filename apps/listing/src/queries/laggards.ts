import { Injectable } from '@nestjs/common';
import { daysBetween, type LocalDate } from '#kernel';
import { type Actor, Clock, Database } from '#platform';
import { missingReceipts } from '../domain/ending/closure.js';
import type { ReceiptKind } from '../domain/ending/receipt.js';
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
}

/** Who still owes a receipt of an ended listing, and since when. What is owed, `missingReceipts` says, here as at the closing. */
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
    const looked = ended.slice(0, MOST);
    const known = await this.closures.ofAll(
      this.database,
      looked.map(({ id }) => id),
    );
    const own = actor.department ? [actor.department, ...this.units.below(actor.department)] : [];
    const all = actor.roles.includes('auditor');
    const items = looked
      .flatMap((state): Laggard[] =>
        missingReceipts(state, known.get(state.id)!).map(({ kind, from }) => ({
          unit: from,
          kind,
          caseId: state.id,
          caseNo: state.no,
          department: state.department,
          endedOn: state.end.endedOn,
          dueOn: state.end.removalDue,
          days: daysBetween(state.end.endedOn, today),
          late: state.end.removalDue !== null && today > state.end.removalDue,
        })),
      )
      .filter(({ unit, department }) => all || own.includes(department) || unit === actor.department);
    return { today, complete: ended.length <= MOST, units: byUnit(items), items };
  }
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
