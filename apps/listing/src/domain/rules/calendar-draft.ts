import { type CalendarYear, defineRefusals, type LocalDate, workingCalendar } from '#kernel';
import type { Hand } from '../hand.js';
import { CALENDAR_DRAFT_LIFECYCLE, DRAFT_STATUS_ZH, type DraftAction, draftStep } from './draft-lifecycle.js';

/*
 * A year of the working calendar on its way: drafted from the State Council's notice, published by a second person. A
 * year that is loaded already may be drafted again, as the holidays of 2020 were changed in January of that year; what
 * was counted before stays.
 */

interface Drafted {
  id: string;
  content: CalendarYear;
  draftedBy: Hand;
  draftedOn: LocalDate;
}
export type CalendarDraft =
  | (Drafted & { status: 'draft' })
  | (Drafted & { status: 'published'; publishedBy: Hand; publishedOn: LocalDate })
  | (Drafted & { status: 'dropped'; droppedBy: Hand; droppedOn: LocalDate; reason: string });

interface Moment {
  today: LocalDate;
  actor: Hand;
}

/**
 * @param others the years that are loaded
 * @throws Refusal `calendar.contradiction` where the year contradicts itself or its neighbours, `calendar.empty`,
 *   `calendar.notice-other`
 */
export function draftCalendar(
  id: string,
  content: CalendarYear,
  others: readonly CalendarYear[],
  { today, actor }: Moment,
): CalendarDraft {
  checkCalendar(content, others);
  return { id, content, draftedBy: actor, draftedOn: today, status: 'draft' };
}

/** @throws Refusal `calendar.second-person`, `calendar.settled`, and what `draftCalendar` refuses */
export function publishCalendar(
  draft: CalendarDraft,
  others: readonly CalendarYear[],
  { today, actor }: Moment,
): CalendarDraft {
  const open = openDraft(draft, 'publication');
  if (open.draftedBy.id === actor.id) throw calendarDraftRefusals.refusal('calendar.second-person');
  // Another year may have come in since.
  checkCalendar(open.content, others);
  return { ...open, status: 'published', publishedBy: actor, publishedOn: today };
}

/** @throws Refusal `calendar.settled` */
export function dropCalendar(draft: CalendarDraft, reason: string, { today, actor }: Moment): CalendarDraft {
  return { ...openDraft(draft, 'drop'), status: 'dropped', droppedBy: actor, droppedOn: today, reason };
}

function openDraft(draft: CalendarDraft, action: DraftAction): Extract<CalendarDraft, { status: 'draft' }> {
  if (!draftStep(CALENDAR_DRAFT_LIFECYCLE, draft.status, action) || draft.status !== 'draft')
    throw calendarDraftRefusals.refusal('calendar.settled', {
      status: draft.status,
      statusZh: DRAFT_STATUS_ZH[draft.status],
    });
  return draft;
}

function checkCalendar(content: CalendarYear, others: readonly CalendarYear[]): void {
  const { year, basis, holidays } = content;
  if (!basis.includes(`${year}年`))
    throw calendarDraftRefusals.refusal('calendar.notice-other', { year, basis }, 'basis');
  // Every notice has 元旦 and 国庆节, which the law fixes (全国年节及纪念日放假办法 art. 2).
  const missing = [`${year}-01-01`, `${year}-10-01`].filter((day) => !holidays.includes(day));
  if (missing.length > 0)
    throw calendarDraftRefusals.refusal('calendar.empty', { year, days: missing.join(', ') }, 'holidays');
  workingCalendar([...others.filter((one) => one.year !== year), content]);
}

export const calendarDraftRefusals = defineRefusals({
  'calendar.draft-not-found': {
    kind: 'not-found',
    zh: '没有日历草案 {id}',
    en: 'There is no draft {id} of a calendar.',
    cureZh: '从 GET /api/calendars/drafts 取得编号',
    cureEn: 'Take the id from GET /api/calendars/drafts.',
  },
  'calendar.notice-other': {
    kind: 'invalid',
    zh: '依据“{basis}”不是 {year} 年的放假通知',
    en: 'The basis “{basis}” is not the notice for {year}.',
    cureZh: '填写国务院办公厅关于该年部分节假日安排的通知',
    cureEn: 'Name the notice of the General Office of the State Council for that year.',
  },
  'calendar.empty': {
    kind: 'invalid',
    zh: '{year} 年日历缺少法定节日: {days}',
    en: 'The calendar of {year} lacks the statutory holidays {days}.',
    cureZh: '按通知逐日填写放假日期',
    cureEn: 'Give every day off of the notice.',
  },
  'calendar.second-person': {
    kind: 'forbidden',
    zh: '发布人不得是起草人',
    en: 'Who drafted it does not publish it.',
    cureZh: '由另一名负责人对照通知后发布',
    cureEn: 'Have another person hold it against the notice and publish it.',
  },
  'calendar.settled': {
    kind: 'conflict',
    zh: '草案已处理({statusZh})',
    en: 'The draft is settled already ({status}).',
    cureZh: '另行起草',
    cureEn: 'Draft anew.',
  },
});
