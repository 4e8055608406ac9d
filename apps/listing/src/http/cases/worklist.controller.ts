import { Controller, Get, Inject, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  Clock,
  CurrentActor,
  Database,
  LOGGER,
  type Logger,
  PageQuery,
  pageOf,
  pageRequest,
  Purpose,
  requestRefusals,
  streamed,
  csvLine,
} from '#platform';
import { EXPORT_COLUMNS } from '../../queries/export-csv.js';
import { Laggards } from '../../queries/laggards.js';
import { Looks } from '../../queries/looks.js';
import { shellRefusals } from '../../refusals.js';
import { AccessLog } from '../../store/access-log.js';
import { RuleBook } from '../../store/rule-book.js';
import { Statistics } from '../../store/statistics.js';
import { Units } from '../../store/units.js';
import { cursorOf, type WorkFilter, Worklist } from '../../store/worklist.js';
import { ExportQuery, PurposeHeader, StatisticsQuery, WorklistQuery } from './reading.dto.js';

/** A shorter search would find half of all names. */
const SHORTEST = 2;

/** What is to be done, what is late, how it stands: over many cases. */
@ApiTags('worklists and reports')
@Controller('api/listings')
export class WorklistController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly units: Units,
    private readonly ruleBook: RuleBook,
    private readonly worklist: Worklist,
    private readonly statistics: Statistics,
    private readonly laggards: Laggards,
    private readonly looks: Looks,
    private readonly log: AccessLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('worklist')
  @Allow('handler', 'reviewer', 'approver', 'secrecy-reviewer', 'auditor')
  @ApiOperation({ summary: 'Open cases of the unit and those below it, what is due first first' })
  async due(@CurrentActor() actor: Actor, @Query() query: WorklistQuery): Promise<object> {
    const page = pageRequest(query);
    const items = await this.worklist.page(this.database, this.#filter(actor, query), page);
    const cut = pageOf(items, page, cursorOf);
    return { today: this.clock.today(), ...cut };
  }

  @Get('export')
  @Allow('approver', 'auditor')
  @PurposeHeader
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'Cases as CSV; the export is logged with its purpose before its first line' })
  async export(
    @CurrentActor() actor: Actor,
    @Query() query: ExportQuery,
    @Purpose() purpose: string | undefined,
  ): Promise<StreamableFile> {
    const filter = { ...this.#filter(actor, query), finished: query.finished === 'true' };
    const { departments: _, listsByStatedDay: __, ...asked } = filter;
    await this.looks.note(actor, 'export', purpose, { detail: asked });
    const produce = (write: (chunk: string) => Promise<void>): Promise<number> =>
      this.database.transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        // With a byte order mark, or spreadsheets read Chinese as another code.
        await write(`\ufeff${csvLine(EXPORT_COLUMNS.map(([title]) => title))}`);
        return this.worklist.each(tx, filter, (items) =>
          write(items.map((item) => csvLine(EXPORT_COLUMNS.map(([, of]) => of(item)))).join('')),
        );
      });
    const filename = `cases-${this.clock.today()}.csv`;
    return streamed(produce, { type: 'text/csv; charset=utf-8', filename, logger: this.logger });
  }

  @Get('statistics')
  @Allow()
  @ApiOperation({
    summary: 'How cases stood on a day: stages, median days, share with a late duty. No names',
  })
  async figures(@CurrentActor() actor: Actor, @Query() query: StatisticsQuery): Promise<object> {
    if (actor.party !== undefined) throw requestRefusals.refusal('request.role-missing', { roles: 'a unit' });
    const { by = 'list', asOf = this.clock.today(), from, listType } = query;
    const items = await this.statistics.on(this.database, asOf, by, { from, listType });
    return { asOf, by, items, requests: await this.statistics.requestsOn(this.database, asOf, from) };
  }

  @Get('overdue')
  @Allow('handler', 'reviewer', 'approver', 'secrecy-reviewer', 'auditor')
  @ApiOperation({ summary: 'Late duties by unit and clock, the longest late first' })
  async overdue(@CurrentActor() actor: Actor): Promise<object> {
    const today = this.clock.today();
    return { today, items: await this.statistics.overdue(this.database, today, this.#departments(actor)) };
  }

  @Get('laggards')
  @Allow('handler', 'reviewer', 'approver', 'secrecy-reviewer', 'discipline-officer', 'auditor')
  @ApiOperation({ summary: 'Who still owes a receipt of an ended listing, and since how many days' })
  owing(@CurrentActor() actor: Actor): Promise<object> {
    return this.laggards.for(actor);
  }

  @Get('access-log')
  @Allow('auditor')
  @ApiOperation({ summary: 'Who looked at files of natural persons or exported cases, and for what' })
  async accesses(@Query() query: PageQuery): Promise<object> {
    const page = pageRequest(query, /^\d{1,15}$/);
    return pageOf(await this.log.list(this.database, {}, page), page, ({ id }) => [String(id)]);
  }

  #filter(actor: Actor, query: WorklistQuery): WorkFilter {
    const { stage, listType, dueBy, overdue, waitsForClock, department, region, search } = query;
    const asked = search?.trim();
    if (asked !== undefined && [...asked].length < SHORTEST)
      throw shellRefusals.refusal('listing.search-too-short', { min: SHORTEST }, 'search');
    const visible = this.#departments(actor);
    if (department && visible && !visible.includes(department))
      throw requestRefusals.refusal('request.other-department', { owner: department });
    const departments = department ? [department] : visible;
    return {
      stage,
      listType,
      dueBy,
      overdue: overdue === 'true',
      waitsForClock: waitsForClock === 'true',
      listsByStatedDay: this.ruleBook.listsByStatedDay(this.clock.today()),
      region,
      search: asked,
      departments,
    };
  }

  /** The unit and those below it; all for an auditor. */
  #departments(actor: Actor): string[] | undefined {
    if (actor.roles.includes('auditor')) return undefined;
    return actor.department ? [actor.department, ...this.units.below(actor.department)] : [];
  }
}
