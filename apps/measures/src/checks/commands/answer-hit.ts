import { Injectable } from '@nestjs/common';
import { cancelAll } from '#deadlines';
import { type Actor, actorLine, Clock, type Tx } from '#platform';
import { demandDuty } from '../../units/demand-duty.js';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { answerHit, type HitReply } from '../domain/hit-answer.js';
import { checkRefusals } from '../domain/refusals.js';
import { CHECK_CLOCKS } from '../store/check-log.js';
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
    const hits = await this.hits.lock(tx, checkId, actionId);
    // A subject that was asked for by its code and by its id has the action twice: each is answered.
    const hit = hits.find(({ answer }) => answer === null) ?? hits[0];
    if (!hit) throw checkRefusals.refusal('check.hit-not-found', { action: actionId });
    demandDuty(this.law.dutiesOf(actor), hit.department);
    const today = this.clock.today();
    const answer = answerHit(hit, reply, this.law.reasons());
    await this.hits.answer(tx, hit, answer, today, actorLine(actor));
    if ((await this.hits.openOf(tx, checkId)) === 0)
      await cancelAll(
        tx,
        CHECK_CLOCKS.map((kind) => ({ kind, ref: checkId })),
      );
    return { ...hit, answer, answeredOn: today };
  }
}
