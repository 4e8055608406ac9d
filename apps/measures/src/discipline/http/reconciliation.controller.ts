import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '#platform';
import { Reconcile } from '../queries/reconcile.js';

@ApiTags('operations')
@Controller('api/operations/measures/reconciliation')
export class ReconciliationController {
  constructor(private readonly reconcile: Reconcile) {}

  /** Live actions without live listing, and the reverse: must be empty. */
  @Get()
  @Allow('operator', 'auditor')
  read(): ReturnType<Reconcile['run']> {
    return this.reconcile.run();
  }
}
