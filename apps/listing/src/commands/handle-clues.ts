import { Injectable } from '@nestjs/common';
import { type Actor, checkVersion, Clock, newId, requestRefusals, type Tx } from '#platform';
import { answerClue, type Clue, type ClueSource, useClue } from '../domain/clue/clue.js';
import { shellRefusals } from '../refusals.js';
import { Clues, type VersionedClue } from '../store/clues.js';
import { handOf } from './case-changes.js';

export interface ClueReceived {
  source: ClueSource;
  content: string;
  about: string;
}

/** Clues of a unit: received, verified or dropped, used for a case. */
@Injectable()
export class HandleClues {
  constructor(
    private readonly clock: Clock,
    private readonly clues: Clues,
  ) {}

  receive(tx: Tx, actor: Actor, told: ClueReceived): Promise<VersionedClue> {
    if (!actor.department) throw shellRefusals.refusal('listing.unit-unknown');
    return this.clues.insert(tx, {
      ...told,
      id: newId(),
      department: actor.department,
      receivedOn: this.clock.today(),
      receivedBy: handOf(actor),
      status: 'received',
    });
  }

  async answer(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    answer: Parameters<typeof answerClue>[1],
  ): Promise<VersionedClue> {
    const { clue, version } = await this.clues.read(tx, id, true);
    demandOwner(clue, actor);
    checkVersion(version, expectedVersion);
    const moment = { today: this.clock.today(), actor: handOf(actor) };
    return this.clues.update(tx, answerClue(clue, answer, moment), version);
  }

  /** @returns the clue with the document on which the case rests */
  async use(tx: Tx, actor: Actor, id: string, caseId: string): Promise<Clue & { status: 'used' }> {
    const { clue, version } = await this.clues.read(tx, id, true);
    demandOwner(clue, actor);
    const used = useClue(clue, caseId);
    await this.clues.update(tx, used, version);
    return used;
  }
}

/** What was told to a unit before anything is found concerns that unit only. */
export function demandOwner(clue: Clue, actor: Actor): void {
  const across = actor.roles.includes('auditor') || actor.roles.includes('operator');
  if (!across && actor.department !== clue.department)
    throw requestRefusals.refusal('request.other-department', { owner: clue.department });
}
