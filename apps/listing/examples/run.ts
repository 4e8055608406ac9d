import { addDays, Refusal } from '#kernel';
import { listTypeOn, loadSeeds } from '#seeds';
import {
  approval,
  consent,
  decision,
  enterprise,
  notice,
  type Opening,
  penalty,
  publication,
  publicNotice,
  request,
  review,
  service,
  Story,
} from '../specs/story.js';
import { hearingLimit } from '../src/domain/procedure/oral-hearing.js';
import { refuseBarred } from '../src/domain/repair/relisting.js';
import type { Example, Follows, Happened } from './example.js';

/** Walks an example as far as its days go. A refusal ends the walk and is part of what follows. */
export function walk({ list, conduct, happened }: Example): Follows {
  const found: Follows = {};
  let story: Story | undefined;
  try {
    const opening = openingOf(list, conduct, happened);
    if (happened.deletedAtRequest) refuseBarred(...earlierOf(list, happened, happened.deletedAtRequest));
    story = new Story(opening);
    go(story, happened);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    found.refusal = error.code;
    const { eligibleOn, from } = error.facts;
    if (typeof eligibleOn === 'string') found.eligibleOn = eligibleOn;
    if (error.code === 'listing.relisting-barred') found.relistableOn = from as string;
  }
  return story ? { ...found, ...seen(story) } : found;
}

/** What the register knows when somebody asks for a listing again. */
function earlierOf(
  list: Example['list'],
  { opened: today, requestedBy }: Happened,
  endedOn: string,
): Parameters<typeof refuseBarred> {
  const [creditor, other] = ['债权人甲（虚构）', '债权人乙（虚构）'];
  const asking = requestedBy === 'same-creditor' ? creditor : requestedBy ? other : null;
  const earlier = {
    caseNo: `${list}-2025-000001`,
    endedOn,
    ground: 'court-creditor-asks',
    askedBy: creditor,
  };
  const rules = listTypeOn(loadSeeds('list-types'), list, today)?.relisting ?? [];
  return [rules, [earlier], { requestedBy: asking, today }];
}

function openingOf(list: Example['list'], conductKind: string, happened: Happened): Opening {
  const seed = loadSeeds('list-types').find((one) => one.key === list)!;
  const unit = seed.deciders.units[0]!;
  const slug = unit.split('.').at(-1)!;
  const { opened: openedOn, clockFrom, bornOn, subject: kind, penaltyOn } = happened;
  const of = happened.registeredIn ? { ...enterprise, region: happened.registeredIn } : enterprise;
  const subject = kind ? { ...of, kind, code: kind === 'natural-person' ? null : of.code } : of;
  return {
    list,
    conductKind,
    openedOn,
    subject,
    ...(clockFrom ? { clockFrom } : {}),
    ...(bornOn ? { bornOn } : {}),
    ...(penaltyOn ? { records: [{ ...penalty, decidedOn: penaltyOn }] } : {}),
    department: happened.city
      ? { id: `hlj.city.230100.${slug}`, level: 'city' }
      : { id: unit, level: 'province' },
  };
}

function go(story: Story, day: Happened): void {
  const { steps, defence } = story.rules.list;
  if (steps.notice || steps.riskWarning) {
    const free = steps.defence && defence === null;
    const shortest = hearingLimit(story.rules, day.opened) ?? addDays(day.opened, 1);
    story.does('handler', notice(day.opened, free ? shortest : undefined));
  }
  if (day.extended) story.does('approver', { type: 'extension', reason: '案情复杂' });
  if (!day.decided) return;
  story.on(day.decided).does('reviewer', review());
  if (day.city && steps.consentFrom.includes('city')) story.does('superior', consent());
  const { termStartsOn, termEndsOn, termMonths, permanent, gravity, extraYears, graceUntil } = day;
  const set = Object.entries({
    termStartsOn,
    termEndsOn,
    termMonths,
    permanent,
    gravity,
    extraYears,
    graceUntil,
  });
  if (day.earlierFrom && day.earlierUntil)
    story.earlierTerms = [{ startsOn: day.earlierFrom, endsOn: day.earlierUntil }];
  const extra = Object.fromEntries(set.filter(([, value]) => value !== undefined));
  story.does('approver', approval).does('handler', { ...decision, ...extra });
  if (day.served) story.on(day.served).does('handler', service(day.served));
  if (day.announced) {
    story.on(day.announced).does('handler', {
      type: 'service',
      ...publicNotice(day.announced),
      repairNoticeNo: decision.repairNoticeNo!,
    });
    story.on(addDays(day.announced, 30)).does('platform', { type: 'take-effect' });
  }
  if (day.paid)
    story.on(day.paid).does('approver', { type: 'hold-back', paidOn: day.paid, reason: '已缴清' });
  if (day.sentOn)
    story.on(day.sentOn).does('secrecy', {
      type: 'publication',
      secrecyReview: 'passed',
      text: '不涉密',
      sentTo: '登记地市场监管部门（虚构）',
    });
  if (day.publishedThere)
    story.on(day.publishedThere).does('handler', {
      type: 'publication-answer',
      outcome: 'published',
      publishedOn: day.publishedThere,
      text: '已公示',
    });
  if (day.published) story.on(day.published).does('secrecy', publication);
  if (day.asked) story.on(day.asked).does('party', request(day.corrected!));
  if (day.revoked) {
    const ground = day.revokedFor ?? 'own-error';
    story.on(day.revoked).does('approver', { type: 'revocation', reason: '撤销列入', ground });
  }
}

function seen(story: Story): Follows {
  const { state } = story;
  const due = (clock: string) => story.dueOn(clock) ?? null;
  return {
    version: state.rulesVersion,
    serious: state.serious,
    siteUntil: ('entry' in state && state.entry.site?.endsOn) || null,
    defenceUntil: ('notice' in state && state.notice?.defenceUntil) || null,
    decisionDue: state.decisionDue,
    publicationDue: due('publication'),
    shownUntil: due('publication-end'),
    acceptanceDue: due('repair-acceptance'),
    repairDecisionDue: due('repair-decision'),
    ...('publication' in state ? { publication: state.publication.status } : {}),
    ...('publication' in state && state.publication.status === 'held-back' && state.publication.until
      ? { graceUntil: state.publication.until }
      : {}),
    ...('inForceOn' in state && state.inForceOn ? { inForceOn: state.inForceOn } : {}),
    ...('term' in state ? { termStartsOn: state.term.startsOn, termEndsOn: state.term.endsOn } : {}),
    ...('end' in state ? { removalDue: state.end.removalDue } : {}),
  };
}
