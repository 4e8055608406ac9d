import { NATIONWIDE_RANKS, ranksOf } from './check-lists.js';
import type { Findings } from './contradiction.js';
import { seriousKinds } from './list-rules.js';
import { checkProvincialLists } from './check-provincial-lists.js';
import { BUSINESS_FIELDS, type DisciplineRule, type Orderable, orderableById } from './discipline.js';
import type { ListTypeVersion } from './list-type.js';
import type { Seeds } from './seed-files.js';

type Finds = (code: string, text: string) => void;

/**
 * The closed catalogue (国办发〔2020〕49号, ordinance art. 30, 31): a rule must point at an entry, at a list, at
 * a kind of subject that the list can hold; what reduces rights must cite a basis of its own; what banks and
 * bureaus decide themselves is never ordered.
 */
export function checkDiscipline(seeds: Seeds, findings: Findings): void {
  checkCatalogue(seeds, findings);
  checkProvincialLists(seeds, findings);
  const found = findings.in('discipline-rules');
  const entries = orderableById(seeds);
  for (const rule of seeds['discipline-rules']) {
    const finds: Finds = (code, text) => found(rule.id, code, text);
    const versions = seeds['list-types'].filter((list) => list.key === rule.list);
    if (versions.length === 0) finds('rule.list-unknown', `${rule.list} is no list type.`);
    else checkAgainstList(rule, versions, seeds['discipline-rules'], finds);
    const entry = entries.get(rule.measure);
    if (entry === undefined)
      finds('rule.measure-unknown', `${rule.measure} is in no closed list of measures.`);
    else checkAgainstEntry(rule, entry, seeds, finds);
    if (reservedForSerious(rule, seeds)) checkOnlySerious(rule, versions, finds);
    checkExecutors(rule, seeds, finds);
    checkTerm(rule, finds);
    checkOwnTerm(rule, seeds, finds);
  }
}

function checkCatalogue(seeds: Seeds, findings: Findings): void {
  const found = findings.in('discipline-catalogue');
  for (const entry of seeds['discipline-catalogue']) {
    if (entry.id !== `${entry.edition}/${entry.number}`) {
      found(entry.id, 'catalogue.id', 'The id is edition and number.');
    }
    const direct = ranksOf(entry.basis, seeds).some((rank) => NATIONWIDE_RANKS.includes(rank));
    if (entry.class === 'A' && !direct) {
      found(
        entry.id,
        'catalogue.basis-not-direct',
        'A class A measure needs a law, regulation or central policy.',
      );
    }
    for (const { article, min, max, permanent } of entry.statutory) {
      if (permanent === (min !== null)) {
        found(entry.id, 'catalogue.statutory-term', `art. ${article}: either a period or for life.`);
      }
      if (min === null && max !== null) {
        found(entry.id, 'catalogue.statutory-term', `art. ${article}: a longest without a shortest period.`);
      }
    }
  }
}

function checkAgainstList(
  rule: DisciplineRule,
  versions: ListTypeVersion[],
  rules: readonly DisciplineRule[],
  finds: Finds,
): void {
  const conduct = new Set(versions.flatMap((list) => list.conductKinds.map((kind) => kind.code)));
  for (const code of (rule.conductKinds ?? []).filter((one) => !conduct.has(one))) {
    finds('rule.conduct-unknown', `${code} is no kind of conduct of ${rule.list}.`);
  }
  if (rule.conductKinds?.length === 0)
    finds('rule.conduct-empty', 'No conduct at all: use null for every kind.');
  const kinds = new Set(versions.flatMap((list) => list.subjectKinds));
  for (const kind of rule.subjectKinds.filter((one) => !kinds.has(one))) {
    finds('rule.subject-not-on-list', `A ${kind} cannot be on ${rule.list}.`);
  }
  for (const field of rule.fields.filter((one) => !BUSINESS_FIELDS.includes(one))) {
    finds('rule.field-unknown', `${field} is no kind of business.`);
  }
  if (rule.subjectKinds.length === 0) finds('rule.subject-missing', 'The rule reaches no kind of subject.');
  // A new edition of the catalogue cuts a rule into versions; one of them may lie before its list was brought in.
  const pieces = rules.filter(({ id }) => id === rule.id);
  if (!versions.some((list) => pieces.some((piece) => meet(piece, list))))
    finds('rule.outside-list-validity', `No version of ${rule.list} is valid while the rule is.`);
}

function checkAgainstEntry(rule: DisciplineRule, entry: Orderable, seeds: Seeds, finds: Finds): void {
  if (entry.class === 'C' && rule.mode !== 'reference') {
    finds('rule.class-c-ordered', 'Class C is decided by non-public bodies themselves: reference only.');
  }
  if (entry.reducesRights) {
    const allowed =
      entry.class === 'supplement' ? [...NATIONWIDE_RANKS, 'local-regulation' as const] : NATIONWIDE_RANKS;
    if (!ranksOf(rule.basis, seeds).some((rank) => allowed.includes(rank))) {
      const text =
        'It reduces rights or adds duties: the rule itself must cite a law, regulation or central policy.';
      finds('rule.basis-not-direct', text);
    }
  }
  if (entry.class === 'supplement' || entry.class === 'constraint') {
    // What the province adds rests on its regulation, whatever it does (国办发〔2020〕49号; ordinance art. 31).
    const carried = [...NATIONWIDE_RANKS, 'local-regulation' as const];
    if (!ranksOf(rule.basis, seeds).some((rank) => carried.includes(rank)))
      finds(`rule.${entry.class}-basis`, 'What the province adds rests on its local regulation: cite it.');
  }
  if (entry.bindsPersons && !rule.reaches?.length) {
    const entities = rule.subjectKinds.filter((kind) => kind !== 'natural-person');
    if (entities.length > 0)
      finds(
        'rule.person-measure',
        `${rule.measure} binds natural persons and would fall on ${entities.join(', ')}: say whom of them the article binds.`,
      );
  }
  if (entry.termRequired && rule.term === 'with-listing') {
    finds('rule.term-required', 'The regulation asks that such a measure has a term of its own (art. 31).');
  }
  // One that begins after the last day of its edition waits for the next one, which takes it along.
  if (entry.validFrom !== null && rule.validTo !== null && rule.validTo < entry.validFrom)
    finds('rule.outside-catalogue-validity', `${rule.measure} is not valid while the rule is.`);
}

/** The ordinance gives these to subjects on a list of the seriously dishonest and to nobody else. */
const ORDINANCE = '黑龙江省社会信用条例';
const FOR_SERIOUS = new Set(['31', '45']);

/**
 * Ordinance art. 31 (discipline of the seriously dishonest) and 45 (no commitment procedure for them). The same
 * art. 31 lets conveniences be refused to whoever is dishonest: a constraint says itself whom it reaches.
 */
function reservedForSerious({ measure, basis }: DisciplineRule, { constraints }: Seeds): boolean {
  const constraint = constraints.find((one) => one.id === measure);
  if (constraint) return constraint.appliesTo.includes('serious-list');
  return basis.some(
    ({ instrument, article = '' }) =>
      instrument === ORDINANCE && article.split(/[,，、 ]+/).some((one) => FOR_SERIOUS.has(one)),
  );
}

/** Whom the law keeps off the list of the seriously dishonest no such rule may reach (ordinance art. 30, 51). */
function checkOnlySerious(rule: DisciplineRule, versions: ListTypeVersion[], finds: Finds): void {
  for (const list of versions.filter((one) => meet(rule, one))) {
    const serious = new Set(seriousKinds(list));
    const reached = list.conductKinds
      .map((kind) => kind.code)
      .filter((code) => rule.conductKinds?.includes(code) ?? true);
    for (const code of reached.filter((one) => !serious.has(one))) {
      finds(
        'rule.beyond-serious',
        `It is reserved for the seriously dishonest, but ${code} of ${list.key}@${list.version} is on no such list.`,
      );
    }
  }
}

function meet(rule: DisciplineRule, list: ListTypeVersion): boolean {
  return (
    (rule.validTo === null || list.validFrom <= rule.validTo) &&
    (rule.validFrom === null || list.validTo === null || rule.validFrom <= list.validTo)
  );
}

function checkExecutors(rule: DisciplineRule, seeds: Seeds, finds: Finds): void {
  const { units, ofSubjectsCity = [] } = rule.executors;
  if (units.length + ofSubjectsCity.length === 0) finds('rule.executor-missing', 'Nobody executes it.');
  // The provincial department of a line stands in where a city has none.
  for (const id of [...units, ...ofSubjectsCity.map((line) => `hlj.${line}`)]) {
    const unit = seeds.units.find((one) => one.id === id);
    if (unit === undefined) finds('rule.executor-unknown', `${id} is no unit.`);
    else if (unit.kind === 'collective')
      finds('rule.executor-collective', `${id} is a collective and cannot answer.`);
  }
}

function checkTerm(rule: DisciplineRule, finds: Finds): void {
  if (rule.term === 'with-listing') {
    if (rule.termFrom !== undefined)
      finds('rule.start-without-term', 'It ends with the listing: no start of its own.');
  } else if (rule.termFrom === undefined) {
    finds('rule.term-without-start', 'A term of its own that starts nowhere.');
  }
}

/** What goes on after a listing rests on a law or administrative regulation of its own. */
function checkOwnTerm(rule: DisciplineRule, seeds: Seeds, finds: Finds): void {
  const { ends, ownTerm, term } = rule;
  if ((ends === 'later') !== (ownTerm !== undefined))
    finds(
      'rule.own-term-unpaired',
      'A measure that ends later says how long its law lets it run, and no other.',
    );
  if (ends !== 'later') return;
  if (term !== 'with-listing')
    finds(
      'rule.own-term-twice',
      'As an action of the listing it ends with the listing; what goes on is ownTerm.',
    );
  if (!ranksOf(rule.basis, seeds).some((rank) => rank === 'law' || rank === 'administrative-regulation'))
    finds('rule.own-term-basis', 'What outlasts the listing rests on a law or administrative regulation.');
}
