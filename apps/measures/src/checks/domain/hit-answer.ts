import { checkRefusals } from './refusals.js';

/** What a department made of a hit in its approval. */
export type HitAnswer =
  { result: 'applied'; note: string } | { result: 'not-applied'; reason: string; note: string };

export interface OpenHit {
  mode: 'required' | 'considered';
  answer: HitAnswer | null;
}

export interface HitReply {
  result: 'applied' | 'not-applied';
  reason?: string;
  note: string;
}

export interface Reason {
  code: string;
  modes: readonly ('required' | 'considered')[];
  /** rests on a decision of the department's own, which an answer to an action names and one to a hit cannot */
  ownGround?: boolean;
}

/**
 * An answer to a hit stands: what an approval rested on is not rewritten afterwards.
 *
 * @throws Refusal `check.hit-answered`, `check.reason-missing`, `check.reason-unknown`, `check.reason-without-need`
 */
export function answerHit(hit: OpenHit, reply: HitReply, reasons: readonly Reason[]): HitAnswer {
  if (hit.answer) throw checkRefusals.refusal('check.hit-answered', { result: hit.answer.result });
  const { result, reason, note } = reply;
  if (result === 'applied') {
    if (reason !== undefined) throw checkRefusals.refusal('check.reason-without-need', {}, 'reason');
    return { result, note };
  }
  const fitting = reasons
    .filter(({ modes, ownGround }) => !ownGround && modes.includes(hit.mode))
    .map(({ code }) => code);
  const facts = { reasons: fitting.join(', ') };
  if (reason === undefined) throw checkRefusals.refusal('check.reason-missing', facts, 'reason');
  if (!fitting.includes(reason))
    throw checkRefusals.refusal('check.reason-unknown', { ...facts, reason }, 'reason');
  return { result, reason, note };
}
