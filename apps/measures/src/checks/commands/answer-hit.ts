import { Injectable } from '@nestjs/common';
import { cancel } from '#deadlines';
import { type Actor, actorLine, Clock, ownedBy, type Tx } from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { answerHit, type HitReply } from '../domain/hit-answer.js';
import { checkRefusals } from '../domain/refusals.js';
import { CHECK_CLOCK } from '../store/check-log.js';
import { Hits, type StoredHit } from '../store/hits.js';

/** The asking department says what it made of a hit in its approval. */
@Injectable()
export class AnswerHit {
  constructor(
    private readonly clock: Clock,
    private readonly law: DisciplineLaw,
    private readonly hits: Hits,
  ) {}

  /**
   * @throws Refusal `check.hit-not-found`, `request.other-department`, and what the answer's rules refuse
   */
  async run(tx: Tx, actor: Actor, checkId: string, actionId: string, reply: HitReply): Promise<StoredHit> {
    const [hit] = await this.hits.lock(tx, checkId, actionId);
    if (!hit) throw checkRefusals.refusal('check.hit-not-found', { action: actionId });
    ownedBy(actor, hit.department);
    const today = this.clock.today();
    const answer = answerHit(hit, reply, this.law.reasons());
    await this.hits.answer(tx, hit, answer, today, actorLine(actor));
    if ((await this.hits.openOf(tx, checkId)) === 0) await cancel(tx, CHECK_CLOCK, checkId);
    return { ...hit, answer, answeredOn: today };
  }
}
