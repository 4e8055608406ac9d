import type { ListingCase } from '../../../src/domain/case/case.js';
import type { Objection } from '../../../src/domain/objection/objection.js';
import { publicEntry } from '../../../src/register/public-entry.js';
import { hear, type Heard, NOTHING_HEARD } from '../subscriber.js';
import { type Law, same } from './look.js';

/* What everyone knows who has only heard the events, and what is kept of the past. */

export const TOLD: readonly Law[] = [
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
];

const ORDERS = new Set([
  'cn.chengxin.listing.in-force.v1',
  'cn.chengxin.listing.published.v1',
  'cn.chengxin.listing.restored.v1',
  'cn.chengxin.listing.suspended.v1',
  'cn.chengxin.register.entry-added.v1',
  'cn.chengxin.register.entry-corrected.v1',
]);

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
