import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate } from '#kernel';
import { type Actor, checkVersion, Clock, newId, requestRefusals, type Tx } from '#platform';
import {
  checkSeeds,
  type Contradiction,
  FINDINGS_ZH,
  type ListFinding,
  listTypeOn,
  type ListTypeVersion,
  loadAllSeeds,
} from '#seeds';
import { handOf } from '../commands/case-changes.js';
import {
  checkFollows,
  checkNotBackwards,
  dropDraft,
  listTypeRefusals,
  publishDraft,
} from '../domain/rules/list-type-draft.js';
import { addListType, lockListTypes } from '../store/rules-store.js';
import { RuleBook } from '../store/rule-book.js';
import { type Draft, Drafts, type VersionedDraft } from './drafts.js';
import { formFaults } from './form.js';

/** The credit lead department (ordinance art. 6, 7) keeps the rules of every list, a deciding department its own. */
const LEAD = 'hlj.business-environment';

/** More of them are told when these are corrected. */
const MOST_FINDINGS = 10;

/** A list type from its draft to the version in force: two people, checked before either. */
@Injectable()
export class ChangeListTypes {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly drafts: Drafts,
  ) {}

  /** @throws Refusal `list-type.form`, `list-type.overlap`, `list-type.basis-missing`, `list-type.standard-too-low`, `request.other-department`, … */
  async draft(
    tx: Tx,
    actor: Actor,
    given: { content: object; replaces?: LocalDate },
  ): Promise<VersionedDraft> {
    const content = this.#formed(given.content);
    this.#demandKeeper(actor, content);
    const today = this.clock.today();
    const replaces = given.replaces ?? null;
    checkNotBackwards(content.validFrom, today);
    this.#check(content, replaces, this.ruleBook.all());
    const { key, validFrom } = content;
    const by = { draftedBy: handOf(actor), draftedOn: today };
    return this.drafts.insert(tx, {
      id: newId(),
      key,
      validFrom,
      replaces,
      content,
      ...by,
      status: 'draft',
    });
  }

  /** Checked again: another version may have come in since it was drafted. */
  async publish(tx: Tx, actor: Actor, id: string, expectedVersion: number): Promise<VersionedDraft> {
    const { draft, version } = await this.#open(tx, actor, id, expectedVersion);
    const published = publishDraft(draft, this.#moment(actor));
    this.#check(draft.content, draft.replaces, await lockListTypes(tx));
    const closedOn = addDays(draft.validFrom, -1);
    await addListType(tx, draft.content, { draftId: id, replaces: draft.replaces, closedOn });
    return this.drafts.update(tx, published, version);
  }

  async drop(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<VersionedDraft> {
    const { draft, version } = await this.#open(tx, actor, id, expectedVersion);
    return this.drafts.update(tx, dropDraft(draft, reason, this.#moment(actor)), version);
  }

  /** The version that a draft is to follow, for the comparison. */
  replacedBy({ key, replaces }: Draft): ListTypeVersion | undefined {
    return replaces === null
      ? undefined
      : listTypeOn([...this.ruleBook.all()], key as ListTypeVersion['key'], replaces);
  }

  async #open(tx: Tx, actor: Actor, id: string, expectedVersion: number): Promise<VersionedDraft> {
    const found = await this.drafts.read(tx, id, true);
    this.#demandKeeper(actor, found.draft.content);
    checkVersion(found.version, expectedVersion);
    return found;
  }

  /** 谁认定、谁负责: who decides by the rule as it stands. A draft cannot make its own drafter the keeper of a list. */
  #demandKeeper({ department }: Actor, { key, deciders }: ListTypeVersion): void {
    const standing = this.ruleBook.versionOn(key, this.clock.today()) ?? this.ruleBook.versionsOf(key).at(-1);
    const { units } = standing?.deciders ?? deciders;
    if (department !== LEAD && !units.includes(department ?? ''))
      throw requestRefusals.refusal('request.other-department', { owner: [LEAD, ...units].join(', ') });
  }

  #moment(actor: Actor) {
    return { today: this.clock.today(), actor: handOf(actor) };
  }

  #formed(content: object): ListTypeVersion {
    const faults = formFaults(content).slice(0, MOST_FINDINGS);
    if (faults.length > 0) {
      const facts = {
        faults: faults.map(({ en }) => en).join('; '),
        faultsZh: faults.map(({ zh }) => zh).join('; '),
      };
      throw listTypeRefusals.refusal('list-type.form', facts, 'content');
    }
    return content as ListTypeVersion;
  }

  /** Among all versions as they would stand with this one, by the same checks that the seeds pass. */
  #check(content: ListTypeVersion, replaces: LocalDate | null, all: readonly ListTypeVersion[]): void {
    const { key } = content;
    const others = all.map((list) => {
      const ends = list.key === key && list.version === replaces && list.validTo === null;
      return ends ? { ...list, validTo: addDays(content.validFrom, -1) } : list;
    });
    const open = all.some((list) => list.version === replaces && list.key === key && list.validTo === null);
    if (replaces !== null && !open)
      throw listTypeRefusals.refusal('list-type.replaces-unknown', { key, replaces }, 'replaces');
    checkFollows(content.validFrom, replaces);
    const found = checkSeeds({ ...loadAllSeeds(), 'list-types': [...others, content] }).filter(
      ({ file, row }) => file === 'list-types' && (row === key || row.startsWith(`${key}@`)),
    );
    if (found.length > 0) throw refusalOf(found);
  }
}

function refusalOf(found: readonly Contradiction[]): Error {
  const told = found.slice(0, MOST_FINDINGS);
  const facts = {
    findings: told.map(({ row, text }) => `${row}: ${text.replace(/\.$/, '')}`).join('; '),
    findingsZh: [...new Set(told.map(inChinese))].join('; '),
  };
  const has = (...codes: string[]): boolean => found.some(({ code }) => codes.includes(code));
  if (has('seed.validity-overlap', 'seed.key-duplicate'))
    return listTypeRefusals.refusal('list-type.overlap', facts, 'content.validFrom');
  if (has('seed.basis-missing', 'seed.instrument-unknown'))
    return listTypeRefusals.refusal('list-type.basis-missing', facts, 'content.basis');
  if (has('list.standard-too-low', 'list.standard-not-cited'))
    return listTypeRefusals.refusal('list-type.standard-too-low', facts, 'content.basis');
  return listTypeRefusals.refusal('list-type.contradictory', facts, 'content');
}

function inChinese({ code, about }: Contradiction): string {
  const text = FINDINGS_ZH[code as ListFinding];
  return about === undefined ? text : `${text}(${about})`;
}
