import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '#platform';
import { Allow, CurrentActor, TextField } from '#platform';
import { CompareListings, type Comparison } from '../commands/compare-listings.js';
import { Heal, type Healed } from '../commands/heal.js';
import { Reconcile } from '../queries/reconcile.js';

class ComparisonBody {
  @TextField({ min: 3, max: 500, description: 'why', example: '季度核对' })
  reason!: string;
}

@ApiTags('operations')
@Controller('api/operations/measures/reconciliation')
export class ReconciliationController {
  constructor(
    private readonly reconcile: Reconcile,
    private readonly heal: Heal,
    private readonly listings: CompareListings,
  ) {}

  /** Live actions without live listing, and the reverse: must be empty. */
  @Get()
  @Allow('operator', 'auditor')
  read(): ReturnType<Reconcile['run']> {
    return this.reconcile.run();
  }

  /** Heals what does not agree, with a trace; the service does the same every ten minutes. */
  @Post('healing')
  @HttpCode(200)
  @Allow('operator')
  async mend(@CurrentActor() actor: Actor): Promise<{ items: Healed[] }> {
    return { items: await this.heal.run(actor) };
  }

  /** Holds the listings known here against a snapshot of the service that decides them; changes nothing. */
  @Post('comparison')
  @HttpCode(200)
  @Allow('operator')
  compare(
    @Body() { reason }: ComparisonBody,
    @Headers('authorization') authorization: string,
  ): Promise<Comparison> {
    return this.listings.run(reason, authorization);
  }
}
