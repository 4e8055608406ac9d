import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { defineRefusals } from '#kernel';
import { Allow } from './access/access.js';
import { Clock, CLOCK_FOLLOWS_WITHIN_MS, MovableClock } from './clock.js';
import { TextField } from './http/fields.js';

const clockRefusals = defineRefusals({
  'development.instant-invalid': {
    kind: 'invalid',
    zh: '{instant} 不是 2000 年至 2099 年间的有效时刻',
    en: '{instant} is not an instant between the years 2000 and 2099.',
    cureZh: '使用 ISO 8601,如 2024-11-04T09:00:00+08:00',
    cureEn: 'Use ISO 8601, for example 2024-11-04T09:00:00+08:00.',
  },
});

const EARLIEST = new Date('2000-01-01T00:00:00Z');
const LATEST = new Date('2100-01-01T00:00:00Z');

class MoveClock {
  @TextField({
    max: 40,
    description: 'the instant that it shall be, ISO 8601',
    example: '2024-11-04T09:00:00+08:00',
  })
  now!: string;
}

/**
 * Story time. This controller exists only where CHENGXIN_CLOCK_FILE is set, which production refuses;
 * all services of the machine share the file, so one call moves all of them.
 */
@ApiTags('development')
@Controller('api/development/clock')
export class DevelopmentClockController {
  constructor(@Inject(Clock) private readonly clock: MovableClock) {}

  @Get()
  @Allow()
  read(): { now: string; today: string } {
    return { now: this.clock.now().toISOString(), today: this.clock.today() };
  }

  @Put()
  @Allow('operator')
  async move(@Body() body: MoveClock): Promise<{ now: string; today: string }> {
    const instant = new Date(body.now);
    // Years that PostgreSQL or the calendars do not know would fail in every service at once.
    if (!(instant >= EARLIEST && instant < LATEST))
      throw clockRefusals.refusal('development.instant-invalid', { instant: body.now }, 'now');
    this.clock.moveTo(instant);
    // Whoever is answered may ask any service at once: by then all of them have followed.
    await pause(CLOCK_FOLLOWS_WITHIN_MS + 5);
    return this.read();
  }
}
