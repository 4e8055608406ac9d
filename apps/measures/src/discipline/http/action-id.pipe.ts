import { Injectable, type PipeTransform } from '@nestjs/common';
import { disciplineRefusals } from '../domain/refusals.js';
import { UUID } from './requests.js';

/** What is no id cannot be found; the database is not asked. */
@Injectable()
export class ActionId implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!UUID.test(id))
      throw disciplineRefusals.refusal('discipline.action-not-found', { id: id.slice(0, 40) });
    return id;
  }
}
