import { compareDates, type LocalDate, periodEnd, Refusal } from '#kernel';
import type { ListingCase } from '../../src/domain/case/case.js';
import { CONDITIONS } from '../../src/domain/case/conditions.js';
import type { Fact, FactOf, FactType } from '../../src/domain/case/facts.js';
import { FINAL, type Step, stepOf, stepsFrom } from '../../src/domain/case/lifecycle.js';
import { isLive, OBJECTION_CLOCK_MEANINGS, type Objection } from '../../src/domain/objection/objection.js';
import { tookIn } from '../../src/domain/repair/handed-in.js';
import { PLAN_COMPLETED } from '../../src/domain/repair/site-clock.js';
import { stayOf } from '../../src/domain/repair/staying.js';
import { conductOf, earlyRemovalOf, noticePrescribed, untilPerformed } from '../../src/domain/rules/rules.js';
import { CLOCK_MEANINGS } from '../../src/domain/term/clocks.js';
import { latestEnd } from '../../src/domain/term/term.js';
import { publicEntry } from '../../src/register/public-entry.js';
import { people, type Person } from '../story.js';
import { caseRules, objectionRules } from './law.js';
import { hear, type Heard, NOTHING_HEARD } from './subscriber.js';
import { type Done, ranOut, type Standing, type Walked, type World } from './world.js';

/*
 * What must hold of a case, whatever was done, with the article that it comes from. Each is written from what the law
 * says, not from how `src` brings it about, and is checked after every step of every walk.
 */

interface Look {
  world: World;
  at: number;
  /** undefined: it was opened just now. */
  was: Walked | undefined;
  is: Walked;
  state: ListingCase;
  did: Done;
  /** Facts of this case that came of the step. */
  facts: readonly Fact[];
  /** Objections to this entry that are open. */
  open: readonly Objection[];
}

export interface Law {
  name: string;
  /** Where it stands; `house`: no text says it for every list. */
  article: string;
  /** @returns what is wrong, in words */
  check: (look: Look) => string | false | null | undefined;
}

export class LawBroken extends Error {
  constructor(
    readonly law: Law,
    what: string,
    world: World,
  ) {
    super(`${law.name} (${law.article}): ${what}\n  ${world.path.join('\n  ')}`);
  }
}

const before = (one: LocalDate, other: LocalDate): boolean => compareDates(one, other) < 0;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const factsOf = <T extends FactType>(facts: readonly Fact[], type: T): FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type);

export const LAWS: readonly Law[] = [
  {
    name: 'nothing is decided without notice, and not before the defence is over',
    article: '黑龙江省社会信用条例 art. 35; the risk warning of 法释〔2017〕7号',
    check: ({ state, world, at }) => {
      if (!('decision' in state)) return;
      const { list } = world.rules(at);
      const lowered = state.origin.kind === 'hand' && state.records.length === 0;
      if (lowered || !noticePrescribed(list)) return;
      if (state.notice === null) return 'no notice';
      const { servedOn, defenceUntil } = state.notice;
      if (before(state.review.on, servedOn)) return `reviewed on ${state.review.on}, noticed on ${servedOn}`;
      if (list.steps.defence && defenceUntil === null) return 'no time for a defence';
      return (
        defenceUntil !== null &&
        !before(defenceUntil, state.review.on) &&
        `reviewed on ${state.review.on}, the defence ran until ${defenceUntil}`
      );
    },
  },
  {
    name: 'what binds by service binds from its service',
    article: '海关总署令第282号 art. 45; for the others the house (takesEffectOn)',
    check: ({ state, world, at }) => {
      if (state.status !== 'in-force' || world.rules(at).list.steps.riskWarning) return;
      if (state.service === null) return 'in force without service';
      const restored = state.entry.restorations.length > 0;
      return !restored && state.service.servedOn !== state.inForceOn && 'in force on another day';
    },
  },
  {
    name: 'whoever reviews, approves and handles are three',
    article: 'house (design: listing needs two people)',
    check: ({ state }) => {
      if (!('decision' in state) || state.notice === null) return;
      const hands = [...state.handlers, state.review.by.id, state.approval.by.id];
      return new Set(hands).size !== hands.length && `one person twice: ${hands.join(', ')}`;
    },
  },
  {
    name: 'listed for the opinion of the review, with the consent from above',
    article: '国家市场监督管理总局令第44号 art. 22',
    check: ({ state, world, at }) => {
      if (!('decision' in state)) return;
      if (state.review.opinion !== 'list') return 'against the opinion';
      const { level } = world.circumstances('platform').owner;
      const asked = state.notice !== null && world.rules(at).list.steps.consentFrom.includes(level);
      return asked && state.consent?.granted !== true && 'without consent';
    },
  },
  {
    name: 'a decision says its basis and the version of its rule, and keeps both',
    article: '黑龙江省社会信用条例 art. 28',
    check: ({ was, state }) => {
      if (!('decision' in state)) return;
      const { decision, rulesVersion } = state;
      if (decision.basis.length === 0) return 'no basis';
      if (decision.reasons === '' || decision.remedies === '') return 'no reasons, or no remedies';
      if (!was || !('decision' in was.state)) return;
      const kept = was.state.decision;
      if (was.state.rulesVersion !== rulesVersion) return `another version: ${rulesVersion}`;
      return (kept.decidedOn !== decision.decidedOn || !same(kept.basis, decision.basis)) && 'decided anew';
    },
  },
  {
    name: 'published after a secrecy review that was passed, by whoever is there for it',
    article: 'house (glossary: 保密审查 before publication)',
    check: ({ was, state, did, facts, at, world }) => {
      const is = 'publication' in state ? state.publication.status : null;
      const before_ = was && 'publication' in was.state ? was.state.publication.status : null;
      if (is === before_ || (is !== 'published' && is !== 'sent')) return;
      if (factsOf(facts, is === 'sent' ? 'publication-sent' : 'published').length !== 1)
        return `${is} by nothing`;
      const { command, who } = did;
      if (command.type === 'publication-answer') return before_ !== 'sent' && 'answered, and never sent';
      if (command.type !== 'publication') return `published by ${command.type}`;
      if (command.secrecyReview !== 'passed') return 'the review was not passed';
      return !world.mayTake(at, who, command) && who !== 'secrecy' && `reviewed by ${who}`;
    },
  },
  {
    name: 'published while the entry stands, from its day on and to its last, and never in a grace',
    article: '信用修复管理办法 art. 12; 证监会令第139号; the grace of 法释〔2017〕7号',
    check: ({ was, state, world, at }) => {
      if (!('publication' in state) || state.publication.status !== 'published') return;
      if (state.status !== 'in-force' && state.status !== 'suspended')
        return `published, and ${state.status}`;
      const { publishedOn, until } = state.publication;
      const { list } = world.rules(at);
      if (!list.publicList || conductOf(list, state.conductKind)?.publicList === false)
        return 'a list that is not public';
      if (before(publishedOn, state.decision.decidedOn)) return `before the decision, on ${publishedOn}`;
      if (list.publication?.from === 'service') {
        if (state.service === null) return 'before service';
        if (before(publishedOn, state.service.servedOn)) return `before its service, on ${publishedOn}`;
      }
      if (until !== undefined && before(until, publishedOn)) return `its last day is ${until}`;
      const held = was && 'publication' in was.state ? was.state.publication : null;
      return held?.status === 'held-back' && 'out of a publication that is held back';
    },
  },
  {
    name: 'what is in force has a term, or another end that its rule knows',
    article: '黑龙江省社会信用条例 art. 28',
    check: ({ state }) => {
      if (state.status !== 'in-force') return;
      const { ends, startsAt } = state.decision.term;
      const waits =
        (startsAt === 'publication' || startsAt === 'performance') && state.term.startsOn === null;
      return ends === 'term' && !waits && (!state.term.startsOn || !state.term.endsOn) && 'no term';
    },
  },
  {
    name: 'no entry goes by itself before its last day is over',
    article: '民法典 art. 201–203',
    check: ({ state }) => {
      if (!('term' in state) || state.term.endsOn === null) return;
      const { endsOn } = state.term;
      return (
        'end' in state &&
        state.end.kind === 'expired' &&
        state.end.repair === null &&
        !before(endsOn, state.end.endedOn) &&
        `over on ${state.end.endedOn}, the last day is ${endsOn}`
      );
    },
  },
  {
    name: 'no term is longer than rule and decision give',
    article: '黑龙江省社会信用条例 art. 51',
    check: ({ state, was, did }) => {
      if (!('term' in state) || state.term.endsOn === null) return;
      const latest = latestEnd(state.decision.term, state.term);
      if (latest !== null && before(latest, state.term.endsOn)) return `${state.term.endsOn} after ${latest}`;
      const had = was && 'term' in was.state ? was.state.term.endsOn : null;
      const longer = had !== null && before(had, state.term.endsOn);
      const corrects = ['correction', 'settle-objection', 'decision'].includes(did.command.type);
      return longer && corrects && latest !== null && before(latest, state.term.endsOn) && 'lengthened';
    },
  },
  {
    name: 'a term is made shorter, or corrected, by others than who made it',
    article: 'house (design: listing needs two people)',
    check: ({ was, facts, did, world }) => {
      if (did.command.type !== 'correction' || !was || !('decision' in was.state)) return;
      const term = factsOf(facts, 'corrected').some(({ correction: { changes } }) =>
        changes.some(({ field }) => field === 'termEndsOn'),
      );
      const { handlers, review, approval, decision } = was.state;
      const made = [...handlers, review.by.id, approval.by.id, decision.by.id];
      return term && made.includes(world.hand(did.who).id) && `by ${did.who}`;
    },
  },
  {
    name: 'nothing stands, and nobody is disciplined, without basis',
    article: '黑龙江省社会信用条例 art. 38',
    check: ({ state, is }) => {
      const baseless = state.documents.length === 0 && state.records.every(({ withdrawn }) => withdrawn);
      if (!baseless) return;
      if (is.heard.disciplined) return 'disciplined, and nothing is left of the basis';
      if ('decision' in state && !('end' in state))
        return `${state.status}, and nothing is left of the basis`;
      return 'entry' in state && state.entry.site?.status === 'shown' && '信用中国 shows it';
    },
  },
  {
    name: 'nobody is disciplined before the effect, while the entry is lifted, or after its end',
    article: '黑龙江省社会信用条例 art. 30, 40; 信用修复管理办法 art. 20',
    check: ({ state, is, was }) => {
      const stands = state.status === 'in-force';
      if (is.heard.disciplined !== stands) return `${state.status}, and disciplined: ${is.heard.disciplined}`;
      const over = was && 'end' in was.state && 'end' in state;
      const ordered = over
        ? is.told.slice(was.told.length).find(({ contract }) => ORDERS.has(contract.type))
        : undefined;
      return ordered && `${ordered.contract.type} after the end`;
    },
  },
  {
    name: 'whoever has heard every event knows the entry as it is',
    article: '黑龙江省社会信用条例 art. 39 (each system)',
    check: ({ state, is, world, at, open }) => {
      const known = expected(state, world.rules(at).list, open);
      for (const key of Object.keys(known) as (keyof Heard)[])
        if (!same(is.heard[key], known[key]))
          return `${key}: heard ${JSON.stringify(is.heard[key])}, is ${JSON.stringify(known[key])}`;
      return undefined;
    },
  },
  {
    name: 'whoever is told what stands knows the same',
    article: '黑龙江省社会信用条例 art. 39 (each system)',
    check: ({ state, is, world, open, was }) => {
      if (!('entry' in state) || (was && was.state === state && same(was.heard.marks, is.heard.marks)))
        return;
      const live = open.filter((one) => one.status === 'filed' || one.status === 'open');
      const told = world.ways.standingOf(state, live).reduce(hear, NOTHING_HEARD);
      // What everyone may see is on a topic of its own, of which a snapshot tells nothing, and neither of the closing.
      const { register: _, closedOn: __, ...heard } = is.heard;
      // A record that fell away is told of by whoever keeps it.
      const gone = state.records.flatMap(({ id, withdrawn }) => (withdrawn ? [id] : []));
      heard.penaltiesOff = heard.penaltiesOff.filter((id) => !gone.includes(id));
      const { register: ___, closedOn: ____, ...filled } = told;
      for (const key of Object.keys(filled) as (keyof typeof filled)[])
        if (!same(filled[key], heard[key]))
          return `${key}: told ${JSON.stringify(filled[key])}, heard ${JSON.stringify(heard[key])}`;
      return undefined;
    },
  },
  {
    name: 'off the list early not before the waiting period is full',
    article: 'each list its own (earlyRemoval, onApplication of seeds/list-types.json)',
    check: ({ was, facts, world, is }) => {
      const end = factsOf(facts, 'ended').find((fact) => fact.end.repair)?.end;
      if (!end || !was || was.state.status === 'decided' || !('inForceOn' in was.state)) return;
      const { request } = is.asked[end.repair!.id]!;
      if (request.aim !== 'removal') return;
      const first = earliestRemoval(was.state, request.requestedOn, request);
      return (
        first !== null && !before(first, world.today) && `on ${world.today}, the wait is full after ${first}`
      );
    },
  },
  {
    name: '信用中国 shows an entry for its shortest time, whoever repairs it',
    article: '信用修复管理办法 art. 12, 20, 25',
    check: ({ was, state }) => {
      const site = 'entry' in state ? state.entry.site : null;
      const had = was && 'entry' in was.state ? was.state.entry.site : null;
      if (!site || site.status !== 'ended' || had?.status === 'ended') return;
      const plan = 'end' in state && state.end.repair?.ground === PLAN_COMPLETED;
      if (site.how === 'undone' || plan || completed(state)) return;
      if (before(site.endedOn, site.repairableFrom))
        return `${site.how} on ${site.endedOn}, the shortest time ends before ${site.repairableFrom}`;
      const last = site.endsOn;
      return (
        site.how === 'longest-period' && last !== null && !before(last, site.endedOn) && 'before its last day'
      );
    },
  },
  {
    name: 'what was repaired by a false application is shown three years, and not repaired meanwhile',
    article: '信用修复管理办法 art. 25; 国家市场监督管理总局令第107号 art. 23',
    check: ({ was, state, facts, world }) => {
      for (const { found } of factsOf(facts, 'found-false')) {
        if (
          was &&
          'entry' in was.state &&
          was.state.entry.granted.find(({ id }) => id === found.requestId)?.by.id === found.by.id
        )
          return 'found false by whoever granted it';
        const site = 'entry' in state ? state.entry.site : null;
        if (site && found.siteUntil && (site.endsOn === null || before(site.endsOn, found.siteUntil)))
          return `信用中国 until ${site.endsOn}, not ${found.siteUntil}`;
      }
      const asked = factsOf(facts, 'removal-requested').find(({ request: { aim } }) => aim !== 'suspension');
      if (!asked || !was || !('entry' in was.state)) return;
      const bars = was.state.entry.foundFalse.map(({ barredUntil }) => barredUntil);
      return (
        bars.some((bar) => bar === 'for-good' || (bar !== null && !before(bar, world.today))) &&
        'asked for while it is barred'
      );
    },
  },
  {
    name: 'a repair is granted by another than accepted and verified it, on a verification',
    article: 'house (design: listing needs two people)',
    check: ({ was, facts }) => {
      const [granted] = factsOf(facts, 'removal-granted');
      if (!granted || !was) return;
      const request = 'removalRequest' in was.state ? was.state.removalRequest : null;
      if (!request?.verification) return 'not verified';
      if (request.verification.conditions.some(({ code, met }) => !met && request.conditions.includes(code)))
        return 'a condition was found unmet';
      const hands = [request.acceptedBy?.id, request.verification.by.id, ...tookIn(request.handedIn)];
      return hands.includes(granted.by.id) && `by ${granted.by.id}`;
    },
  },
  {
    name: 'what is stayed is carried out by nobody, and shown nowhere',
    article: '行政复议法 art. 42, 行政诉讼法 art. 56',
    check: ({ state, is, world }) => {
      if (!stayOf(state)) return;
      if (state.status === 'in-force') return 'in force';
      if (is.heard.register || is.heard.disciplined) return 'on the register, or disciplined';
      if ('entry' in state && state.entry.site?.status === 'shown') return '信用中国 shows it';
      const carried = world
        .clocks(state)
        .find(({ clock }) => ['publication', 'grace', 'letter-answer', 'performance-order'].includes(clock));
      return carried && `${carried.clock} is waited for`;
    },
  },
  {
    name: 'every clock has its day, and what happens then, and does happen',
    article: 'each clock its own',
    check: ({ state, world, was, facts }) => {
      for (const running of world.clocks(state)) {
        const { clock, dueOn, letterId } = running;
        if (!/^\d{4}-\d\d-\d\d$/.test(dueOn)) return `${clock} is due on ${dueOn}`;
        const { type } = world.ways.whenRunOut(clock, letterId);
        if (CLOCK_MEANINGS[clock].byItself !== (type !== 'mark-overdue')) return `${clock} brings ${type}`;
        if (!stepOf(state.status, type))
          return `${clock} brings ${type}, which ${state.status} does not know`;
      }
      const told = factsOf(facts, 'overdue').find(
        (fact) =>
          fact.letterId !== undefined &&
          factsOf(was?.facts ?? [], 'overdue').some((one) => one.letterId === fact.letterId),
      );
      if (told) return `${told.clock} of ${told.due} is told twice`;
      const { overdue } = state;
      const clocks = new Set(world.clocks(state).map(({ clock }) => clock));
      const none = overdue.find((clock) => !clocks.has(clock));
      return none && `${none} is overdue, and does not run`;
    },
  },
  {
    name: 'whoever must answer has a day for it',
    article: '黑龙江省社会信用条例 art. 38; the clocks of the lists; 信用修复管理办法 art. 16, 20',
    check: ({ state, world }) => {
      const running = new Set(world.clocks(state).map(({ clock }) => clock));
      if (state.status === 'noticed' && state.notice.defenceUntil && !running.has('defence'))
        return 'the defence';
      if (state.status === 'served' && !running.has('in-force')) return 'the effect';
      if (state.status === 'in-force' || state.status === 'suspended') {
        if (state.decision.term.ends === 'term' && state.term.endsOn && !running.has('expiry'))
          return 'the last day';
        const { publication } = state;
        if (publication.status === 'published' && publication.until && !running.has('publication-end'))
          return 'the last day of publication';
        if (
          state.status === 'in-force' &&
          publication.status === 'held-back' &&
          publication.until &&
          !running.has('grace')
        )
          return 'the grace';
      }
      if ('removalRequest' in state && state.removalRequest?.decide && !running.has('repair-decision'))
        return 'the request for repair';
      if ('entry' in state) {
        const { site } = state.entry;
        if (site && site.status !== 'ended' && site.endsOn && !running.has('site-publication'))
          return '信用中国';
      }
      if (state.status === 'ended' && state.end.removalDue && !running.has('removal')) return 'the removal';
      return undefined;
    },
  },
  {
    name: 'at rest nothing runs but what 信用中国 shows, what is asked about it, and copies that have not followed',
    article: '信用修复管理办法 art. 12; 黑龙江省社会信用条例 art. 38, 39',
    check: ({ state, world }) => {
      if (!FINAL.includes(state.status)) return;
      const left = world.clocks(state).find(({ clock }) => !AFTER_THE_END.has(clock));
      return left && `${left.clock} until ${left.dueOn}`;
    },
  },
  {
    name: 'an objection that is open marks the entry, everywhere, and no other does',
    article: '黑龙江省社会信用条例 art. 39',
    check: ({ state, open, is, was, facts, world, at }) => {
      const settled = factsOf(facts, 'objection-settled')[0]?.objectionId;
      const before_ = factsOf(was?.facts ?? [], 'objection-settled');
      if (settled && before_.some(({ objectionId }) => objectionId === settled)) return 'settled twice';
      const live = open.map(({ id }) => id).sort();
      const marks = 'entry' in state ? state.entry.objections.map(({ id }) => id).sort() : [];
      if (!same(live, marks)) return `open ${live.length}, marked ${marks.length}`;
      const shown = publicEntry(state, world.rules(at).list);
      const since = open.map(({ markedOn }) => markedOn).sort()[0] ?? null;
      if (shown && shown.objectionSince !== since) return `the register says ${shown.objectionSince}`;
      const copy = is.heard.register;
      return (
        copy &&
        copy.objectionSince !== since &&
        `a copy of the register says ${copy.objectionSince}, not ${since}`
      );
    },
  },
  {
    name: 'an objection is decided by another than listed, and than handled it',
    article: 'house (README: nobody judges what they made)',
    check: ({ world, was, did, state }) => {
      if (
        !was ||
        !('decision' in was.state) ||
        did.command.type !== 'decision' ||
        !('outcome' in did.command)
      )
        return;
      const decided = world.objections.filter((one) => one.caseId === state.id && one.status === 'decided');
      const last = decided.find((one) => one.status === 'decided' && one.decision.on === world.today);
      if (last?.status !== 'decided' || last.decision.by.id !== world.hand(did.who).id) return;
      const { handlers, review, approval, decision } = was.state;
      const made = [...handlers, review.by.id, approval.by.id, decision.by.id, ...last.handlers];
      return made.includes(last.decision.by.id) && `by ${last.decision.by.id}`;
    },
  },
  {
    name: 'an objection that can be answered has a day for it, and what was undone has none that is open',
    article: '黑龙江省社会信用条例 art. 35, 39',
    check: ({ state, open, world }) => {
      for (const objection of open) {
        const paused = objection.pauses.some(({ to }) => to === null);
        const awaited = objection.material?.receivedOn === null;
        const clocks = world.ways.objectionClocks(objection, objectionRules(world.today));
        if (clocks.some(({ clock }) => !OBJECTION_CLOCK_MEANINGS[clock])) return 'a clock without meaning';
        const answer = clocks.some(({ clock }) => clock === 'decision' || clock === 'acceptance');
        const unlimited = objection.rule?.accept === null && objection.status === 'filed';
        if (!answer && !paused && !awaited && !unlimited) return `${objection.about} is waited for by nobody`;
      }
      const undone = 'end' in state && (state.end.kind === 'revoked' || state.end.kind === 'corrected');
      return undone && open.length > 0 && 'undone, and objected to';
    },
  },
  {
    name: 'whoever was bound for the conduct of the principal leaves with it',
    article: '人力资源和社会保障部令第45号 art. 14',
    check: ({ state, world }) => {
      if (state.file.principal === null) return;
      const principal = world.cases.find((one) => one.state.id === state.file.principal)!.state;
      const left =
        principal.status === 'withdrawn' || ('end' in principal && principal.end.kind !== 'expired');
      return left && !LEFT.has(state.status) && `${state.status}, the principal is ${principal.status}`;
    },
  },
  {
    name: 'the penalty behind an entry is shown no longer with it, and again with it',
    article: '国家市场监督管理总局令第107号 art. 13',
    check: ({ state }) => {
      const off = state.records.some(({ publicationEndedOn }) => publicationEndedOn !== undefined);
      return off && !('end' in state) && `${state.status}, and a penalty is shown no longer`;
    },
  },
  {
    name: 'what became so is only ever added to, and corrections are counted',
    article: '黑龙江省社会信用条例 art. 37, 39 (kept as archive)',
    check: ({ was, is, state }) => {
      if (!('entry' in state)) return;
      const { corrections, granted, foundFalse, restorations } = state.entry;
      if (corrections.some(({ number }, at) => number !== at + 1)) return 'corrections are not counted';
      if (!was) return;
      if (is.version < was.version || (is.state !== was.state && is.version === was.version))
        return `version ${is.version}`;
      if (was.facts.some((fact, at) => is.facts[at] !== fact)) return 'history was changed';
      if (!('entry' in was.state)) return;
      const past = was.state.entry;
      const grows = (long: readonly unknown[], short: readonly unknown[]) =>
        short.every((one, at) => same(one, long[at]));
      if (!grows(granted, past.granted)) return 'a grant is gone';
      if (!grows(foundFalse, past.foundFalse)) return 'a finding is gone';
      if (!grows(restorations, past.restorations)) return 'a restoration is gone';
      return (
        past.corrections.some(({ changes }, at) => !same(changes, corrections[at]?.changes)) &&
        'a correction is gone'
      );
    },
  },
  {
    name: 'closed when every receipt is there, and not before',
    article: 'house (one end, provable)',
    check: ({ was, is, state }) => {
      if (state.status !== 'closed' || was?.state.status === 'closed') return;
      const kinds = new Set(is.receipts.map(({ kind }) => kind));
      const took = state.inForceOn !== null;
      const asked = [
        'party-told',
        'departments-told',
        ...(took ? ['sharing-stopped', 'discipline-lifted', 'grade-computed'] : []),
        ...(state.publication.status === 'ended' ? ['publication-ended'] : []),
      ];
      const missing = asked.find((kind) => !kinds.has(kind as never));
      return missing && `${missing} is missing`;
    },
  },
  {
    name: 'from everywhere there is a way on',
    article: 'house (a lifecycle has no dead end)',
    check: ({ state, world, at, was }) => {
      if (FINAL.includes(state.status) || state.status === 'ended' || was?.state === state) return;
      return !hasWayOn(world, at) && `none from ${state.status}`;
    },
  },
];

const ORDERS = new Set([
  'cn.chengxin.listing.in-force.v1',
  'cn.chengxin.listing.published.v1',
  'cn.chengxin.listing.restored.v1',
  'cn.chengxin.listing.suspended.v1',
  'cn.chengxin.register.entry-added.v1',
  'cn.chengxin.register.entry-corrected.v1',
]);
const LEFT: ReadonlySet<string> = new Set(['withdrawn', 'reminded', 'ended', 'closed']);
const AFTER_THE_END: ReadonlySet<string> = new Set([
  'site-publication',
  'repair-acceptance',
  'repair-decision',
  'correction',
  'basis-review',
]);

/** The plan of a bankrupt enterprise was carried out (order 36 art. 20): final repair, whatever time is left. */
function completed(state: ListingCase): boolean {
  return 'end' in state && state.end.repair?.ground === PLAN_COMPLETED;
}

/** What everybody who has heard all must know of it. */
function expected(
  state: ListingCase,
  list: Parameters<typeof publicEntry>[1],
  open: readonly Objection[],
): Heard {
  const site = 'entry' in state ? state.entry.site : null;
  const shown = publicEntry(state, list);
  const took = 'inForceOn' in state && state.inForceOn !== null;

  return {
    inForceOn: took ? state.inForceOn : null,
    termEndsOn: 'term' in state && took ? state.term.endsOn : null,
    decisionNo: 'decision' in state && took ? state.decision.no : null,
    publishedOn:
      'publication' in state && state.publication.status === 'published'
        ? state.publication.publishedOn
        : null,
    suspendedOn: state.status === 'suspended' ? state.suspension.on : null,
    ended: 'end' in state ? { on: state.end.endedOn, how: state.end.kind } : null,
    closedOn: state.status === 'closed' ? state.closedOn : null,
    disciplined: state.status === 'in-force',
    site: site && {
      endsOn: site.endsOn,
      endedOn: site.status === 'ended' ? site.endedOn : null,
      maskedOn: site.status === 'masked' ? site.maskedOn : null,
    },
    penaltiesOff: state.records
      .flatMap(({ id, publicationEndedOn }) => (publicationEndedOn ? [id] : []))
      .sort(),
    marks: open.map(({ id }) => id).sort(),
    register: shown
      ? {
          decisionNo: shown.decisionNo,
          termEndsOn: shown.termEndsOn,
          objectionSince: open.map(({ markedOn }) => markedOn).sort()[0] ?? null,
        }
      : null,
  };
}

/** The last day of the wait for early removal, by the version of the day of the request; null: nothing to wait for. */
function earliestRemoval(
  state: Extract<ListingCase, { inForceOn: unknown; publication: unknown }>,
  requestedOn: LocalDate,
  { way, correctedOn }: { way: 'regular' | number; correctedOn: LocalDate },
): LocalDate | null {
  const { list, today } = caseRules(state.listType, state.rulesVersion, requestedOn);
  const plan = state.decision.term;
  if (plan.ends === 'application') return state.term.endsOn;
  const performed = untilPerformed(list, state.conductKind) || list.term.endsOnApplication === true;
  const early = performed ? today.onApplication : earlyRemovalOf(today, state.conductKind);
  if (!early || (performed && way === 'regular')) return null;
  const own = 'waitOf' in early ? early.waitOf?.[state.conductKind] : undefined;
  const regular = own ?? ('wait' in early ? early.wait : null);
  const wait = way === 'regular' ? regular : (early.alternatives?.[way]?.wait ?? null);
  if (!wait || state.inForceOn === null) return null;
  const { publication } = state;
  const shown =
    'publishedOn' in publication ? publication.publishedOn : 'on' in publication ? publication.on : null;
  const from = {
    decision: state.decision.decidedOn,
    listing: state.inForceOn,
    correction: before(state.inForceOn, correctedOn) ? correctedOn : state.inForceOn,
    publication: shown,
  }['waitFrom' in early ? early.waitFrom : 'listing'];
  return from && periodEnd(from, wait);
}

/** A step that some person can take now, a clock that brings something about, or an event that is waited for. */
function hasWayOn(world: World, at: number): boolean {
  const { state } = world.cases[at]!;
  if (world.clocks(state).some(({ clock }) => CLOCK_MEANINGS[clock].byItself)) return true;
  return stepsFrom(state.status).some(
    (step) =>
      typeof step.who !== 'string' &&
      (Object.keys(people) as Person[]).some((person) => conditionsHold(world, at, step, person)),
  );
}

/** Whether the table would let this person take that step now, as far as it asks. */
export function conditionsHold(world: World, at: number, { conditions = [] }: Step, who: Person): boolean {
  const look = {
    state: world.cases[at]!.state,
    rules: world.rules(at),
    circumstances: world.circumstances(who),
  };
  try {
    for (const condition of conditions) CONDITIONS[condition](look);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Every law, of every case, after a step. @throws LawBroken with the path that led there */
export function checkAfter(world: World, had: Standing, did: Done): void {
  if (did.refused !== null) {
    const changed = world.cases !== had.cases || world.objections !== had.objections;
    if (changed) throw new LawBroken(REFUSED, `${did.command.type} was refused, ${did.refused}`, world);
    return;
  }
  world.cases.forEach((is, at) => {
    const was = had.cases[at];
    // Of what was left as it was only what its principal has to do with it can be another.
    if (was === is && is.state.file.principal === null) return;
    const open = world.objections.filter((one) => one.caseId === is.state.id && isLive(one));
    const look: Look = { world, at, was, is, state: is.state, did, facts: did.facts[at] ?? [], open };
    for (const law of LAWS) {
      const what = law.check(look);
      if (what) throw new LawBroken(law, what, world);
    }
  });
}

const REFUSED: Law = {
  name: 'what is refused changes nothing',
  article: 'house',
  check: () => undefined,
};

/** After a sweep nothing is left whose time has passed, but what is marked as late. */
export function checkSwept(world: World): void {
  const { today } = world;
  const fails = (what: string): never => {
    throw new LawBroken(SWEPT, `${what}, on ${today}`, world);
  };
  for (const { state } of world.cases) {
    for (const running of world.clocks(state))
      if (ranOut(running, today) && !(state.overdue as string[]).includes(running.clock))
        fails(`${running.clock} of ${running.dueOn} brought nothing about`);
    if (state.status !== 'in-force' && state.status !== 'suspended') continue;
    const { term, decision, publication } = state;
    if (decision.term.ends === 'term' && term.endsOn && before(term.endsOn, today))
      fails(`it stands after its last day ${term.endsOn}`);
    if (publication.status === 'published' && publication.until && before(publication.until, today))
      fails(`it is published after its last day ${publication.until}`);
  }
}

/** A clock ran out and changed nothing, so that it would run out for ever. @throws LawBroken */
export function nothingCame(world: World, what: string): never {
  throw new LawBroken(SWEPT, `${what} ran out, and nothing came of it`, world);
}

const SWEPT: Law = {
  name: 'no entry stands, and none is published, after its last day; a time that has passed brings something about',
  article: '民法典 art. 201–203; each clock its own',
  check: () => undefined,
};
