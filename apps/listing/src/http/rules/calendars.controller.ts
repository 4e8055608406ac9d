import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  Creates,
  CurrentActor,
  Database,
  IfMatch,
  IntegerField,
  ListField,
  TextField,
} from '#platform';
import { ChangeCalendars, type VersionedCalendarDraft } from '../../list-types/change-calendars.js';
import { RuleBook } from '../../store/rule-book.js';
import { readCalendar } from '../../store/rules-store.js';

const DAY = 10;

class CalendarRequest {
  @IntegerField({ min: 2020, max: 2100, description: 'the year of the notice', example: 2026 })
  year!: number;

  @ListField('text', {
    max: 60,
    maxText: DAY,
    description: 'every day off, weekends that belong to a holiday among them',
    example: ['2026-01-01', '2026-01-02'],
  })
  holidays!: string[];

  @ListField('text', {
    max: 30,
    maxText: DAY,
    description: 'Saturdays and Sundays that are worked to make up for it',
    example: ['2026-01-04'],
  })
  workingWeekends!: string[];

  @TextField({ max: 200, description: 'the notice', example: '国务院办公厅关于2026年部分节假日安排的通知' })
  basis!: string;
}

class DropRequest {
  @TextField({ max: 1000, description: 'why it is not published', example: '与通知不符' })
  reason!: string;
}

/** The working calendar by years (工作日历): one person drafts a year from the notice, another publishes it. */
@ApiTags('calendars')
@Controller('api/calendars')
export class CalendarsController {
  constructor(
    private readonly database: Database,
    private readonly change: ChangeCalendars,
    private readonly ruleBook: RuleBook,
  ) {}

  @Get()
  @Allow()
  @ApiOperation({ summary: 'The years that are loaded; a day in another one is refused, never guessed' })
  async years(): Promise<object> {
    return { items: await readCalendar(this.database) };
  }

  @Get('drafts')
  @Allow()
  @ApiOperation({ summary: 'Drafts, newest first' })
  async drafts(): Promise<object> {
    return { items: (await this.change.all(this.database)).map(view) };
  }

  @Post('drafts')
  @Allow('handler')
  @Creates()
  @ApiOperation({
    summary: 'Draft a year from the State Council notice; refused where it contradicts itself',
  })
  draft(@CurrentActor() actor: Actor, @Body() body: CalendarRequest): Promise<object> {
    return this.database.command(async (tx) =>
      view(await this.change.draft(tx, actor, { ...body, confirmed: 'text' })),
    );
  }

  @Post('drafts/:id/publication')
  @HttpCode(200)
  @Allow('approver')
  @ApiOperation({ summary: 'A second person publishes it; clocks are counted with it at once' })
  async publish(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    const published = await this.database.command(async (tx) =>
      view(await this.change.publish(tx, actor, id, version)),
    );
    // After the commit: whoever is answered finds the year.
    await this.ruleBook.reread();
    return published;
  }

  @Post('drafts/:id/drop')
  @HttpCode(200)
  @Allow('handler', 'approver')
  @ApiOperation({ summary: 'Not published, with the reason' })
  drop(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { reason }: DropRequest,
  ): Promise<object> {
    return this.database.command(async (tx) => view(await this.change.drop(tx, actor, id, version, reason)));
  }
}

function view({ draft, version }: VersionedCalendarDraft): object {
  return { ...draft, version };
}
