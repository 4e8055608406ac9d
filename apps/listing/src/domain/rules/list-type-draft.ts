import { addDays, defineRefusals, type LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import {
  DRAFT_STATUS_ZH,
  type DraftAction,
  draftStep,
  LIST_TYPE_DRAFT_LIFECYCLE,
} from './draft-lifecycle.js';

/*
 * 名单规定的起草与发布: drafted by one person, published by another, never backwards in time. What the rule itself
 * must hold (a legal basis, a standard high enough, no overlap) is checked before either by the caller.
 */

interface Drafted<Rule> {
  id: string;
  key: string;
  /** First day of validity; the name of the version. */
  validFrom: LocalDate;
  /** The version that this one follows and closes on the day before; null where nothing is replaced. */
  replaces: LocalDate | null;
  content: Rule;
  draftedBy: Hand;
  draftedOn: LocalDate;
}

export type ListTypeDraft<Rule> = Drafted<Rule> &
  (
    | { status: 'draft' }
    | { status: 'published'; publishedBy: Hand; publishedOn: LocalDate }
    | { status: 'dropped'; droppedBy: Hand; droppedOn: LocalDate; reason: string }
  );

interface Moment {
  today: LocalDate;
  actor: Hand;
}

/** Law does not reach back: a version begins after the day on which it is published. */
export function checkNotBackwards(validFrom: LocalDate, today: LocalDate): void {
  if (validFrom <= today) {
    const earliest = addDays(today, 1);
    throw listTypeRefusals.refusal('list-type.backwards', { validFrom, earliest }, 'content.validFrom');
  }
}

/** What it follows must have been in force for a day at least: it would end before it began. */
export function checkFollows(validFrom: LocalDate, replaces: LocalDate | null): void {
  if (replaces !== null && validFrom <= replaces)
    throw listTypeRefusals.refusal('list-type.before-followed', { validFrom, replaces }, 'content.validFrom');
}

/** @throws Refusal `list-type.settled`, `list-type.second-person`, `list-type.backwards` */
export function publishDraft<Rule>(
  draft: ListTypeDraft<Rule>,
  { today, actor }: Moment,
): ListTypeDraft<Rule> {
  checkStep(draft, 'publication');
  if (draft.draftedBy.id === actor.id) throw listTypeRefusals.refusal('list-type.second-person');
  checkNotBackwards(draft.validFrom, today);
  return { ...draft, status: 'published', publishedBy: actor, publishedOn: today };
}

/** @throws Refusal `list-type.settled` */
export function dropDraft<Rule>(
  draft: ListTypeDraft<Rule>,
  reason: string,
  { today, actor }: Moment,
): ListTypeDraft<Rule> {
  checkStep(draft, 'drop');
  return { ...draft, status: 'dropped', droppedBy: actor, droppedOn: today, reason };
}

function checkStep({ status }: Pick<ListTypeDraft<unknown>, 'status'>, action: DraftAction): void {
  if (draftStep(LIST_TYPE_DRAFT_LIFECYCLE, status, action)) return;
  throw listTypeRefusals.refusal('list-type.settled', { status, statusZh: DRAFT_STATUS_ZH[status] });
}

export const listTypeRefusals = defineRefusals({
  'list-type.draft-not-found': {
    kind: 'not-found',
    zh: '没有草案 {id}',
    en: 'There is no draft {id}.',
    cureZh: '从 GET /api/list-types/drafts 取得编号',
    cureEn: 'Take the id from GET /api/list-types/drafts.',
  },
  'list-type.form': {
    kind: 'invalid',
    zh: '草案的内容不符合名单规定的格式: {faultsZh}',
    en: 'The draft has not the form of a list type: {faults}.',
    cureZh: '以 GET /api/list-types/{key} 的内容为样式',
    cureEn: 'Take the form of what GET /api/list-types/{key} gives.',
  },
  'list-type.overlap': {
    kind: 'conflict',
    zh: '与现有版本的有效期重叠: {findingsZh}',
    en: 'It overlaps the validity of another version: {findings}.',
    cureZh: '在 replaces 填写被接替的版本,或者更正 validFrom、validTo',
    cureEn: 'Name the version that it follows as replaces, or correct validFrom and validTo.',
  },
  'list-type.basis-missing': {
    kind: 'invalid',
    zh: '没有法律依据,或者依据未登记: {findingsZh}',
    en: 'It cites no legal basis, or one that is not registered: {findings}.',
    cureZh: '在 basis 填写已登记的法律、法规、规章',
    cureEn: 'Cite registered instruments in basis.',
  },
  'list-type.standard-too-low': {
    kind: 'invalid',
    zh: '全国性严重失信主体名单须以法律、行政法规或者党中央、国务院政策文件为依据: {findingsZh}',
    en: 'A nationwide list of the seriously dishonest needs a law, administrative regulation or central policy: {findings}.',
    cureZh: '补充上位依据,或者注明标准暂在部门规章(standardInDepartmentRule)',
    cureEn: 'Cite it, or say that the standard still stands in a department rule (standardInDepartmentRule).',
  },
  'list-type.contradictory': {
    kind: 'invalid',
    zh: '规定自相矛盾: {findingsZh}',
    en: 'The rule contradicts itself or others: {findings}.',
    cureZh: '逐项更正',
    cureEn: 'Correct each of them.',
  },
  'list-type.replaces-unknown': {
    kind: 'invalid',
    zh: '名单 {key} 没有正在有效的版本 {replaces}',
    en: 'The list {key} has no open version of {replaces} to follow.',
    cureZh: '填写 GET /api/list-types/{key} 列出的最后一个版本',
    cureEn: 'Name the last version that GET /api/list-types/{key} gives.',
  },
  'list-type.backwards': {
    kind: 'invalid',
    zh: '规定不得溯及既往: 施行日期 {validFrom} 须晚于今天,最早 {earliest}',
    en: 'A rule does not reach back: valid from {validFrom}, at the earliest {earliest}.',
    cureZh: '更正 validFrom',
    cureEn: 'Correct validFrom.',
  },
  'list-type.before-followed': {
    kind: 'invalid',
    zh: '施行日期 {validFrom} 须晚于被接替版本的施行日期 {replaces}',
    en: 'It begins on {validFrom}, no later than the version of {replaces} that it is to follow.',
    cureZh: '更正 validFrom,或者接替更早的版本',
    cureEn: 'Correct validFrom, or follow an earlier version.',
  },
  'list-type.second-person': {
    kind: 'forbidden',
    zh: '发布人不得是起草人',
    en: 'Who drafted it does not publish it.',
    cureZh: '由另一名负责人发布',
    cureEn: 'Have another person publish it.',
  },
  'list-type.settled': {
    kind: 'conflict',
    zh: '草案已处理({statusZh})',
    en: 'The draft is settled already ({status}).',
    cureZh: '另行起草',
    cureEn: 'Draft anew.',
  },
});
