import { isSubjectKind } from '#kernel';
import type { InstrumentRank } from './basis.js';
import type { Findings } from './contradiction.js';
import type { ListFinding } from './finding-texts.js';
import { seriousKinds } from './list-rules.js';
import { listKeys, type ListTypeVersion } from './list-type.js';
import type { Seeds } from './seed-files.js';

/** 国办发〔2020〕49号: only these may carry a nationwide list of the seriously dishonest. */
export const NATIONWIDE_RANKS: readonly InstrumentRank[] = [
  'law',
  'administrative-regulation',
  'central-policy',
];

/** Ranks that the rows of a basis reach; instruments that are not in the register reach nothing. */
export function ranksOf(basis: { instrument: string }[], seeds: Seeds): InstrumentRank[] {
  return basis.flatMap(
    ({ instrument }) => seeds.instruments.find((one) => one.name === instrument)?.rank ?? [],
  );
}

/** List types: lawful standard, a procedure that fits together, terms that start somewhere. */
export function checkLists(seeds: Seeds, findings: Findings): void {
  const found = findings.in('list-types');
  const units = new Set(seeds.units.map((unit) => unit.id));
  const measures = new Set(seeds.measures.map((measure) => measure.number));
  const roles = new Map(seeds['removal-conditions'].map((condition) => [condition.code, condition.role]));
  for (const list of seeds['list-types']) {
    const row = `${list.key}@${list.validFrom}`;
    const finds: Finds = (code, text, about) => found(row, code, text, about);
    if (!listKeys.includes(list.key))
      finds('list.key-unknown', `${list.key} is not among the known lists.`, list.key);
    if (list.version !== list.validFrom)
      finds('list.version-differs', 'version must be the first day of validity.');
    for (const number of list.measures.filter((one) => !measures.has(one))) {
      finds('list.measure-unknown', `There is no measure ${number}.`, String(number));
    }
    for (const unit of list.deciders.units.filter((one) => !units.has(one))) {
      finds('list.unit-unknown', `${unit} is no unit.`, unit);
    }
    for (const kind of list.subjectKinds.filter((one) => !isSubjectKind(one))) {
      finds('list.subject-kind-unknown', `${String(kind)} is no kind of subject.`, String(kind));
    }
    for (const field of list.unconfirmed.filter((name) => !((name.split('.')[0] ?? '') in list))) {
      finds('list.unconfirmed-unknown', `unconfirmed names ${field}, which the row does not have.`, field);
    }
    checkStandard(list, seeds, finds);
    checkProcedure(list, finds);
    checkTerms(list, finds);
    checkRemoval(list, roles, finds);
  }
}

type Finds = (code: ListFinding, text: string, about?: string) => void;

function checkStandard(list: ListTypeVersion, seeds: Seeds, finds: Finds): void {
  const ranks = ranksOf(list.basis, seeds);
  const byRule = list.standardInDepartmentRule === true;
  if (byRule && !ranks.includes('department-rule')) {
    finds(
      'list.standard-not-cited',
      'The standard is said to stand in a department rule, but none is cited.',
    );
  }
  if (seriousKinds(list).length === 0) return;
  if (list.scope === 'nation' && !byRule && !ranks.some((rank) => NATIONWIDE_RANKS.includes(rank))) {
    const text =
      'A nationwide list of the seriously dishonest needs a law, administrative regulation or central policy, or must say that its standard still stands in a department rule.';
    finds('list.standard-too-low', text);
  }
  const provincial: readonly InstrumentRank[] = [...NATIONWIDE_RANKS, 'local-regulation'];
  if (list.scope === 'province' && !ranks.some((rank) => provincial.includes(rank))) {
    finds('list.standard-too-low', 'A list inside the province needs a provincial regulation.');
  }
}

function checkProcedure(list: ListTypeVersion, finds: Finds): void {
  const { steps } = list;
  if (steps.defence && !steps.notice) finds('list.defence-without-notice', 'A defence answers a notice.');
  if (!steps.defence && list.defence !== null)
    finds('list.defence-without-step', 'Days for a step it has not.');
  if (list.verification !== null && !steps.defence) {
    finds('list.verification-without-defence', 'Nothing to verify: the list has no defence.');
  }
  checkDecisionClock(list, finds);
  for (const level of steps.consentFrom.filter((one) => !list.deciders.levels.includes(one))) {
    finds('list.consent-without-level', `Consent for the ${level} level, which does not decide.`, level);
  }
  if (list.deciders.units.length === 0) finds('list.nobody-decides', 'No unit decides.');
  if (list.conductKinds.length === 0) finds('list.conduct-missing', 'No kind of conduct leads onto it.');
  const codes = list.conductKinds.map((kind) => kind.code);
  for (const code of codes.filter((one, index) => codes.indexOf(one) !== index)) {
    finds('list.conduct-duplicate', `${code} is given twice.`, code);
  }
  for (const kind of (list.findings ?? []).flatMap(({ kinds = [] }) => kinds)) {
    if (!codes.includes(kind))
      finds(
        'list.finding-of-nothing',
        `Something is to be found of ${kind}, no kind of conduct of the list.`,
        kind,
      );
  }
  for (const { code, lowersTo } of list.conductKinds.filter((kind) => kind.lowersTo !== undefined)) {
    const lower =
      lowersTo !== undefined && codes.includes(lowersTo) && !seriousKinds(list).includes(lowersTo);
    if (!lower)
      finds('list.lowers-to-nothing', `${code} is lowered to ${lowersTo}, which is no lower kind.`, code);
  }
  const persons = list.subjectKinds.includes('natural-person') || list.responsiblePersons.bound;
  if (list.publication !== null && persons && !list.publication.masked) {
    finds('list.publication-unmasked', 'Natural persons may only be published masked (ordinance art. 23).');
  }
  for (const { item, of, article, leftOpen } of list.publication?.shows ?? []) {
    if (leftOpen && article === undefined)
      finds('list.left-open-by-nothing', `What leaves open whether ${item} is published is not named.`);
    if (item === 'reasons' && of !== 'organisations')
      finds(
        'list.publication-unmasked',
        'Reasons may name others: they are not published of natural persons.',
      );
  }
  if (list.responsiblePersons.bound !== list.responsiblePersons.who.length > 0) {
    finds('list.responsible-persons', 'Who is bound must be named exactly when persons are bound.');
  }
}

/** A period that runs from nothing would never be due, and nobody would be told that it passed. */
function checkDecisionClock({ decision, steps }: ListTypeVersion, finds: Finds): void {
  if (decision === null) return;
  const { from } = decision as { from?: string };
  if (decision.period === null) {
    if (decision.extension !== null)
      finds('list.extension-of-nothing', 'The time for the decision can be extended, but none is fixed.');
    return;
  }
  if (from === undefined)
    finds(
      'list.decision-clock-without-start',
      'The time for the decision does not say from which event it runs.',
    );
  if (from === 'notice' && !steps.notice && !steps.riskWarning)
    finds(
      'list.decision-clock-never-starts',
      'The time for the decision runs from a notice, which the list has not.',
    );
}

function checkTerms(list: ListTypeVersion, finds: Finds): void {
  const { term } = list;
  if (!term.startsAt) finds('list.term-without-start', 'The term starts nowhere.');
  if (term.period !== null && term.untilPerformed) {
    finds('list.term-contradiction', 'A fixed term and "until performed" exclude each other.');
  }
  if (term.period === null && !term.untilPerformed && term.note === undefined) {
    finds('list.term-unexplained', 'No term, not until performed, and no note that says why.');
  }
  if (term.bands) checkBands(term, finds);
  if (term.choices && term.period !== null)
    finds('list.choices-of-fixed-term', 'A choice of terms where the rule itself fixes the term.');
  for (const kind of term.ownEnd?.kinds ?? []) {
    if (!list.conductKinds.some(({ code }) => code === kind))
      finds(
        'list.own-end-of-nothing',
        `${kind} ends with a ban, and is no kind of conduct of the list.`,
        kind,
      );
  }
  for (const period of [term.period, ...list.conductKinds.map((kind) => kind.term)]) {
    if (period?.unit === 'working-day')
      finds('list.term-in-working-days', 'A term is not counted in working days.');
  }
}

/** Each gravity once for each, one band above the other, and only where the decision sets the term. */
function checkBands({ period, bands = [] }: ListTypeVersion['term'], finds: Finds): void {
  if (period !== null) finds('list.bands-of-fixed-term', 'Bounds for a term that the rule itself fixes.');
  for (const whose of ['organisation', 'person'] as const) {
    const own = (['limited', 'serious', 'grave'] as const).map((gravity) =>
      bands.filter((band) => band.of === whose && band.gravity === gravity),
    );
    const row = own.map(([band]) => band);
    const joined = row.every(
      (band, index) => JSON.stringify(band?.over ?? null) === JSON.stringify(row[index - 1]?.upTo ?? null),
    );
    if (own.some((found) => found.length !== 1) || !joined)
      finds('list.bands-apart', `The bounds for each ${whose} must follow each other, by gravity.`);
  }
}

function checkRemoval(list: ListTypeVersion, roles: Map<string, 'condition' | 'bar'>, finds: Finds): void {
  for (const { ground } of (list.relisting ?? []).filter((one) => roles.get(one.ground) !== 'condition')) {
    finds('list.condition-unknown', `${ground} is no removal condition.`, ground);
  }
  checkDeparture(list, roles, finds);
  const early = list.earlyRemoval;
  if (early === null) return;
  const conditions = [...early.conditions, ...(early.alternatives ?? []).flatMap((one) => one.conditions)];
  for (const code of conditions.filter((one) => roles.get(one) !== 'condition')) {
    finds('list.condition-unknown', `${code} is no removal condition.`, code);
  }
  const exempt = (early.alternatives ?? []).flatMap((one) => one.exemptFrom ?? []);
  for (const code of exempt.filter((one) => !early.bars.includes(one))) {
    finds('list.exemption-from-nothing', `${code} is no bar of this list.`, code);
  }
  for (const code of early.bars.filter((one) => roles.get(one) !== 'bar')) {
    finds('list.bar-unknown', `${code} is no bar to removal.`, code);
  }
  const kinds = new Set(list.conductKinds.map((kind) => kind.code));
  const named = [
    ...Object.keys(early.waitOf ?? {}),
    ...(early.notFor ?? []),
    ...(early.alternatives ?? []).flatMap((one) => one.notFor ?? []),
  ];
  for (const code of named.filter((one) => !kinds.has(one))) {
    finds('list.removal-conduct-unknown', `Early removal names ${code}, which is no kind of conduct.`, code);
  }
  if (early.conditions.length === 0)
    finds('list.removal-unconditional', 'Early removal without any condition.');
  if (early.applicants === 'employer-only' && !list.responsiblePersons.bound) {
    finds('list.applicants', 'Only the employer applies, but no person is bound beside it.');
  }
}

/** An entry that waits for performance, cure or an application must have something to be verified when it comes. */
function checkDeparture(list: ListTypeVersion, roles: Map<string, 'condition' | 'bar'>, finds: Finds): void {
  const waits =
    list.term.untilPerformed ||
    list.term.endsOnApplication === true ||
    list.conductKinds.some(({ term }) => term === null);
  const leaving = list.onApplication;
  if (!leaving) {
    if (waits)
      finds('list.departure-missing', 'Entries wait for performance, and no rule says how they leave.');
    return;
  }
  if (!waits) finds('list.departure-unneeded', 'Every entry ends by its term, nobody leaves on application.');
  const { conditions, conditionsOf = {}, grounds = [], alternatives = [] } = leaving;
  const named = [
    ...conditions,
    ...Object.values(conditionsOf).flat(),
    ...grounds,
    ...alternatives.flatMap((one) => one.conditions),
  ];
  for (const code of named.filter((one) => roles.get(one) !== 'condition'))
    finds('list.condition-unknown', `${code} is no removal condition.`, code);
  const kinds = new Set(list.conductKinds.map(({ code }) => code));
  for (const code of Object.keys(conditionsOf).filter((one) => !kinds.has(one)))
    finds('list.removal-conduct-unknown', `Removal names ${code}, which is no kind of conduct.`, code);
  if (conditions.length + grounds.length === 0)
    finds('list.removal-unconditional', 'Removal on application without anything to be verified.');
}
