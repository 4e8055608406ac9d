import { Injectable } from '@nestjs/common';
import { type Actor, Database } from '#platform';
import { eachForItself, type OneOfMany, type Outcome } from '../../units/each-for-itself.js';
import { ActOnAction, type OfficerCommand } from './act-on-action.js';

/** The same step at many actions in one request, as when many listings begin or expire on one day. */
@Injectable()
export class ActOnMany {
  constructor(
    private readonly database: Database,
    private readonly acts: ActOnAction,
  ) {}

  run<Given extends OneOfMany>(
    actor: Actor,
    given: readonly Given[],
    commandOf: (one: Omit<Given, keyof OneOfMany>) => OfficerCommand,
  ): Promise<Outcome[]> {
    return eachForItself(given, ({ id, version, ...said }) =>
      this.database.transaction((tx) => this.acts.run(tx, actor, id, version, commandOf(said))),
    );
  }
}
