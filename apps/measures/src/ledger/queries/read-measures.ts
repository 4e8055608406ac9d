import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Clock, Database, type Page, pageOf, type PageRequest } from '#platform';
import type { Measure } from '#seeds';
import { accountable, reportersOf, standingOn } from '../domain/accountability.js';
import { ledgerRefusals } from '../domain/refusals.js';
import type { LatestReport } from '../domain/accountability.js';
import {
  type LedgerMeasure,
  MeasureStore,
  type RecordedProgress,
  type RegisteredUnit,
} from '../store/measure.store.js';

export interface UnitView {
  id: string;
  seedName: string | null;
  name: string;
  nameEn: string;
  kind: string;
  /** a collective name reports through its units, never itself */
  collective: boolean;
  /** the body that followed it */
  successor: { id: string; name: string } | null;
}

export interface MeasureView extends Omit<Measure, 'number' | 'leadUnits' | 'responsibleUnits'> {
  no: number;
  leadUnits: UnitView[];
  responsibleUnits: UnitView[];
  /** units that answer for it: the leads, or the responsible units where there is no lead */
  accountable: string[];
  /** collective names among them for which nobody is designated to report */
  undesignated: string[];
  percent: number;
  done: boolean;
  overdue: boolean;
  asOf: LocalDate;
  latest: LatestReport[];
}

/** The ledger as it stands on the clock's today. */
@Injectable()
export class ReadMeasures {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: MeasureStore,
  ) {}

  async list(filter: { unit?: string; overdue?: boolean }, page: PageRequest): Promise<Page<MeasureView>> {
    const units = await this.store.units(this.database);
    const named = (measure: LedgerMeasure): boolean =>
      filter.unit === undefined ||
      reportersOf([...measure.leads, ...measure.responsible], units).units.includes(filter.unit);
    const measures = (await this.store.measures(this.database)).filter(named);
    const views = (await this.#views(measures, units)).filter(
      (view) => filter.overdue === undefined || view.overdue === filter.overdue,
    );
    const from = page.after ? views.findIndex((view) => String(view.no) === page.after![0]) + 1 : 0;
    return pageOf(views.slice(from, from + page.limit + 1), page, (view) => [String(view.no)]);
  }

  /** @throws Refusal `measure.not-found` */
  async one(no: number): Promise<MeasureView> {
    const measures = await this.store.measures(this.database, no);
    const [view] = await this.#views(measures, await this.store.units(this.database));
    if (!view) throw ledgerRefusals.refusal('measure.not-found', { no });
    return view;
  }

  /** The latest first. */
  async history(no: number, page: PageRequest): Promise<Page<RecordedProgress>> {
    await this.one(no);
    const before = page.after ? Number(page.after[0]) : null;
    return pageOf(await this.store.history(this.database, no, before, page.limit + 1), page, (row) => [
      String(row.nth),
    ]);
  }

  async #views(
    measures: readonly LedgerMeasure[],
    units: Map<string, RegisteredUnit>,
  ): Promise<MeasureView[]> {
    const today = this.clock.today();
    const latest = await this.store.latestReports(
      this.database,
      measures.map((measure) => measure.number),
    );
    return measures.map((measure) => {
      const reports = latest.get(measure.number) ?? [];
      const { number: no, ...content } = measure.content;
      const answerable = accountable(measure, units);
      return {
        no,
        ...content,
        leadUnits: measure.leads.map((id) => unitView(id, units)),
        responsibleUnits: measure.responsible.map((id) => unitView(id, units)),
        accountable: [...answerable.units],
        undesignated: [...answerable.undesignated],
        ...standingOn(measure, reports, units, today),
        asOf: today,
        latest: reports,
      };
    });
  }
}

function unitView(id: string, units: Map<string, RegisteredUnit>): UnitView {
  const { seedName, name, nameEn, kind, collective, successor } = units.get(id)!;
  const followed = successor === null ? undefined : units.get(successor);
  return {
    id,
    seedName,
    name,
    nameEn,
    kind,
    collective: collective !== null,
    successor: followed ? { id: followed.id, name: followed.name } : null,
  };
}
