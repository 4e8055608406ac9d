import { HEILONGJIANG } from '#kernel';
import { type Actor, actorLine } from '#platform';
import { recordRefusals } from '../domain/record-refusals.js';

/** The unit that pushes a record and answers for it (公共信用信息提供单位, ordinance art. 3, 21). */
export interface Provider {
  unit: string;
  region: string;
  actor: string;
}

const UNIT = /^[a-z0-9][a-z0-9.-]{1,79}$/;

/**
 * Whoever pushes does so as its own unit: the token says which, no field of a request can.
 *
 * @throws Refusal `record.provider-missing`
 */
export function providerOf(actor: Actor): Provider {
  if (!actor.department || !UNIT.test(actor.department))
    throw recordRefusals.refusal('record.provider-missing');
  const region = /^\d{6}$/.test(actor.region ?? '') ? actor.region! : HEILONGJIANG.code;
  return { unit: actor.department, region, actor: actorLine(actor) };
}
