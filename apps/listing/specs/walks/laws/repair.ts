import { type LocalDate, periodEnd } from '#kernel';
import type { ListingCase } from '../../../src/domain/case/case.js';
import { tookIn } from '../../../src/domain/repair/handed-in.js';
import { earlyRemovalOf, untilPerformed } from '../../../src/domain/rules/rules.js';
import { caseRules } from '../law.js';
import { before, factsOf, type Law } from './look.js';

/* Early removal and credit repair. */

export const REPAIR: readonly Law[] = [
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
    name: 'early removal asked not before the waiting period is full',
    article: 'each list its own (earlyRemoval, onApplication of seeds/list-types.json)',
    check: ({ was, facts, world }) => {
      const { request } =
        factsOf(facts, 'removal-requested').find((fact) => fact.request.aim === 'removal') ?? {};
      if (!request || !was || was.state.status === 'decided' || !('inForceOn' in was.state)) return;
      const first = earliestRemoval(was.state, request.requestedOn, request);
      return (
        first !== null && !before(first, world.today) && `on ${world.today}, the wait is full after ${first}`
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
];

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
  // Asked while it was kept back, which is as good as publication; published since then, that day is no more in the case.
  const since = shown !== null && before(requestedOn, shown) ? null : shown;
  const from = {
    decision: state.decision.decidedOn,
    listing: state.inForceOn,
    correction: before(state.inForceOn, correctedOn) ? correctedOn : state.inForceOn,
    publication: since,
  }['waitFrom' in early ? early.waitFrom : 'listing'];
  return from && periodEnd(from, wait);
}
