import type { LocalDate } from '#kernel';
import type { InForce, ListingCase, Review } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { decidedFields } from './case-fields.js';
import { removalConditionsOf, remediesOf } from './decision-texts.js';
import type { Fact } from '../case/facts.js';
import { refuseAgainst } from './findings.js';
import { graceOf } from './grace.js';
import { fallSilent } from './hearing.js';
import { listingRefusals } from '../case/refusals.js';
import { isSerious, type Rules, takesEffectOn } from '../rules/rules.js';
import { deliver } from './service.js';
import { penaltyDay, planTerm, termOf } from '../term/term.js';
import { publishedElsewhere, sendDue, sendForPublication } from '../term/publication-elsewhere.js';
import { shownUntil, termFromPublication } from '../term/publication-term.js';
import { publicationDueFrom } from '../term/time-limits.js';
import { demandNotBefore } from '../case/days.js';

/**
 * 复核: also where nothing was stated, since silence is not consent.
 *
 * @throws Refusal `listing.findings-missing`, `listing.finding-against`
 */
export function review(
  state: ListingCase,
  command: CommandOf<'review'>,
  { list }: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today, actor } = circumstances;
  const { findings = [] } = command;
  if (command.opinion === 'list') refuseAgainst(list, state, findings);
  const found = findings.length > 0 ? { findings } : {};
  const opinion: Review = { opinion: command.opinion, text: command.text, ...found, on: today, by: actor };
  // The limit may have passed an instant before its clock came round; then the silence is recorded first.
  const { level, superior } = circumstances.owner;
  const asked = command.opinion === 'list' && list.steps.consentFrom.includes(level) && superior !== null;
  const reviewed: Fact = {
    type: 'reviewed',
    review: opinion,
    ...(asked ? { consentFrom: superior } : {}),
  };
  return [...fallSilent(state, circumstances), reviewed];
}

/** The next level up consents, or refuses and leaves the case where it is. */
export function answerConsent(command: CommandOf<'consent'>, { today, actor, owner }: Circumstances): Fact[] {
  if (owner.superior === null) throw new Error('a unit without one above is asked for no consent');
  const consent = { granted: command.granted, text: command.text, on: today, by: actor };
  return [{ type: 'consent-answered', consent, unit: owner.superior }];
}

export function approve(command: CommandOf<'approval'>, { today, actor }: Circumstances): Fact[] {
  return [{ type: 'approved', approval: { text: command.text, on: today, by: actor } }];
}

/**
 * 列入决定书, numbered, with reasons, basis, term, removal conditions and remedies (ordinance art. 28).
 * From here on the case keeps this version of the rules.
 *
 * @throws Refusal `listing.fields-missing` and the others of `decidedFields`, `listing.person-not-of-file`,
 *   `listing.person-twice`
 */
export function makeDecision(
  state: ListingCase,
  command: CommandOf<'decision'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { list } = rules;
  const { today, actor, earlierTerms } = circumstances;
  const held = graceOf(state, command, rules, circumstances);
  const term = planTerm(list, state, command, today, earlierTerms);
  checkPersons(state, command, circumstances);
  const fields = decidedFields(list, state, command.fields ?? [], today, command.fieldsAt);
  const decided: Fact = {
    type: 'decided',
    decision: {
      no: command.decisionNo,
      reasons: command.reasons,
      basis: [...list.basis],
      removalConditions: command.removalConditions ?? removalConditionsOf(rules, state.conductKind, term),
      remedies: command.remedies ?? remediesOf(list, circumstances.owner),
      repairNoticeNo: command.repairNoticeNo?.trim() || `${state.no}-修复告知`,
      decidedOn: today,
      by: actor,
      term,
    },
    listName: list.name,
    serious: isSerious(list, state.conductKind),
    rulesVersion: list.version,
    ...(fields.length > 0 ? { fields } : {}),
    publicationDue:
      sendDue(state, rules, circumstances, today) ?? publicationDueFrom(rules, 'decision', today),
  };
  if (takesEffectOn(list) === 'service') return [decided];
  const days = {
    decidedOn: today,
    servedOn: null,
    inForceOn: today,
    publishedOn: null,
    penaltyOn: penaltyDay(state),
  };
  const inForce = termOf(term, days);
  return [
    decided,
    { type: 'took-effect', inForceOn: today, term: inForce },
    ...held.map((fact) => ({ ...fact, term: inForce })),
  ];
}

/** Fields are stated of persons for whom this decision is made, once each; taken for one party alone it is for no other. */
function checkPersons(
  { file }: ListingCase,
  { persons = [] }: CommandOf<'decision'>,
  { alone }: Circumstances,
): void {
  for (const [index, { listingId }] of persons.entries()) {
    if (alone || !file.companions.includes(listingId))
      throw listingRefusals.refusal(
        'listing.person-not-of-file',
        { listingId },
        `persons[${index}].listingId`,
      );
    if (persons.findIndex((one) => one.listingId === listingId) < index)
      throw listingRefusals.refusal('listing.person-twice', {}, `persons[${index}]`);
  }
}

/** Decision and repair notice reach the party together (两书同达); the entry binds from the day of service. */
export function serve(
  state: ListingCase,
  command: CommandOf<'service'>,
  rules: Rules,
  { today }: Circumstances,
): Fact[] {
  if (!('decision' in state)) throw new Error(`service of an undecided case: ${state.status}`);
  const delivery = deliver(command, rules, today);
  const { servedOn } = delivery;
  demandNotBefore('servedOn', delivery.announcedOn ?? servedOn, state.decision.decidedOn);
  const repairNoticeNo = command.repairNoticeNo?.trim() || null;
  if (rules.procedure['repair-notice'] && takesEffectOn(rules.list) === 'service' && !repairNoticeNo) {
    const facts = { no: state.decision.repairNoticeNo ?? '—' };
    throw listingRefusals.refusal('listing.repair-notice-missing', facts, 'repairNoticeNo');
  }
  // What is served is the notice that was made with the decision, so it bears that number and no other.
  const made = state.decision.repairNoticeNo;
  if (made !== undefined && repairNoticeNo !== null && repairNoticeNo !== made) {
    const facts = { no: made, given: repairNoticeNo };
    throw listingRefusals.refusal('listing.repair-notice-other', facts, 'repairNoticeNo');
  }
  const served: Fact = {
    type: 'served',
    service: { ...delivery, repairNoticeNo },
    publicationDue: publicationDueFrom(rules, 'service', servedOn),
  };
  const bindsNow = state.status === 'decided' && servedOn <= today;
  return bindsNow ? [served, tookEffect(state, servedOn)] : [served];
}

/** The day on which a public notice takes effect has come. */
export function takeEffect(state: ListingCase, { today }: Circumstances): Fact[] {
  if (state.status !== 'served' || today < state.service.servedOn) return [];
  return [tookEffect(state, state.service.servedOn)];
}

function tookEffect(state: ListingCase, servedOn: LocalDate): Fact {
  if (!('decision' in state)) throw new Error(`an undecided case takes no effect: ${state.status}`);
  const { decision } = state;
  const days = {
    decidedOn: decision.decidedOn,
    servedOn,
    inForceOn: servedOn,
    publishedOn: null,
    penaltyOn: penaltyDay(state),
  };
  return { type: 'took-effect', inForceOn: servedOn, term: termOf(decision.term, days) };
}

/** Shown to the public after the secrecy review, or withheld by it. */
export function publish(
  state: InForce,
  command: CommandOf<'publication'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today, actor } = circumstances;
  // A term from publication would never begin, and so never end, where publication is withheld: it then
  // runs from the day of the review.
  const term = termFromPublication(state, today);
  const elsewhere = publishedElsewhere(state, rules, circumstances);
  if (!elsewhere && command.sentTo !== undefined)
    throw listingRefusals.refusal('listing.publication-here', { region: state.subject.region }, 'sentTo');
  if (command.secrecyReview === 'passed' && elsewhere)
    return sendForPublication(state, command, rules, circumstances);
  if (command.secrecyReview === 'passed') {
    const until = shownUntil(rules.list, today);
    return [{ type: 'published', publishedOn: today, ...until, term, text: command.text, by: actor }];
  }
  return [{ type: 'publication-withheld', on: today, term, reason: command.text, by: actor }];
}
