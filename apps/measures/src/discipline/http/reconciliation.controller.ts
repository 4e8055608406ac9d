import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '#platform';
import { Allow, CurrentActor } from '#platform';
import { Heal, type Healed } from '../commands/heal.js';
import { Reconcile } from '../queries/reconcile.js';

@ApiTags('operations')
@Controller('api/operations/measures/reconciliation')
export class ReconciliationController {
  constructor(
    private readonly reconcile: Reconcile,
    private readonly heal: Heal,
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
}
