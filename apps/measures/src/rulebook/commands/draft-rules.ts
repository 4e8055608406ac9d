import { Injectable } from '@nestjs/common';
import { type Actor, Clock, newId, type Tx } from '#platform';
import { checkSeeds, type DisciplineRule, loadAllSeeds, orderableById, type Seeds } from '#seeds';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { lockLaw, storeRules } from '../../discipline/store/seed-loader.js';
import { ruleRefusalOf, ruleRefusals } from '../domain/refusals.js';
import { type Hand, notBackdated, publishDraft, rejectDraft, runsInto } from '../domain/rule-draft.js';
import { shapeFaults } from '../rule-shape.js';
import { publishedLaw, rowsWith, seedsWith } from '../standing-law.js';
import { Drafts, type RuleDraft } from '../store/drafts.js';

/** Rules change by draft and second person, of the lead unit of social credit only. */
@Injectable()
export class DraftRules {
  constructor(
    private readonly clock: Clock,
    private readonly law: DisciplineLaw,
    private readonly drafts: Drafts,
  ) {}

  /** @throws Refusal `rules.not-lead-unit`, `rules.malformed`, `rules.backdated`, `rules.overlap`, and what `ruleRefusalOf` gives */
  async draft(tx: Tx, actor: Actor, given: unknown): Promise<RuleDraft> {
    const drafted = this.#hand(actor);
    const faults = shapeFaults(given);
    if (faults.length > 0)
      throw ruleRefusals.refusal('rules.malformed', { faults: faults.slice(0, 10).join('; ') }, 'rule');
    const content = given as DisciplineRule;
    notBackdated(content, drafted.on);
    await this.#fits(tx, content);
    const draft: RuleDraft = { id: newId(), content, state: { status: 'draft', drafted } };
    await this.drafts.add(tx, draft);
    return draft;
  }

  /** Checked anew: what fitted when it was drafted may not fit any more. From now on the rule book holds it. */
  async publish(tx: Tx, actor: Actor, id: string): Promise<RuleDraft> {
    // One at a time: each is laid over what the one before left.
    await lockLaw(tx);
    const draft = await this.#take(tx, id);
    const state = publishDraft(draft.state, draft.content, this.#hand(actor));
    const law = await this.#fits(tx, draft.content);
    await this.drafts.settle(tx, id, state);
    await storeRules(tx, law);
    return { ...draft, state };
  }

  async reject(tx: Tx, actor: Actor, id: string, reason: string): Promise<RuleDraft> {
    const draft = await this.#take(tx, id);
    const state = rejectDraft(draft.state, this.#hand(actor), reason);
    await this.drafts.settle(tx, id, state);
    return { ...draft, state };
  }

  /** @returns the law with this version in it */
  async #fits(tx: Tx, rule: DisciplineRule): Promise<Seeds> {
    const seeds = loadAllSeeds();
    const published = await publishedLaw(tx);
    const { id, validFrom } = rule;
    if (published.rules.some((each) => each.id === id && each.validFrom === validFrom))
      throw ruleRefusals.refusal('rules.day-taken', { rule: id, validFrom }, 'validFrom');
    const from = runsInto(rowsWith(seeds, published).rules, rule);
    if (from !== undefined) throw ruleRefusals.refusal('rules.overlap', { rule: id, from }, 'validTo');
    const law = seedsWith(seeds, rowsWith(seeds, { ...published, rules: [...published.rules, rule] }));
    const found = checkSeeds(law);
    if (found.length > 0) throw ruleRefusalOf(found);
    checkMeasure(law, rule);
    return law;
  }

  async #take(tx: Tx, id: string): Promise<RuleDraft> {
    const draft = await this.drafts.lock(tx, id);
    if (!draft) throw ruleRefusals.refusal('rules.not-found', { id });
    return draft;
  }

  #hand(actor: Actor): Hand {
    const { id, name } = actor;
    const { leadUnit } = this.law.today();
    if (!this.law.dutiesOf(actor).includes(leadUnit))
      throw ruleRefusals.refusal('rules.not-lead-unit', { lead: leadUnit });
    return { id, name, on: this.clock.today() };
  }
}

/** A rule that is drafted orders something from its first day on: by then the list of its measure has not ended. */
function checkMeasure(law: Seeds, { id, measure, validFrom }: DisciplineRule): void {
  const version = law['discipline-rules'].find((each) => each.id === id && each.validFrom === validFrom)!;
  const lastDay = orderableById(law).get(version.measure)!.validTo;
  if (lastDay !== null && lastDay < validFrom!)
    throw ruleRefusals.refusal('rules.measure-ended', { measure, lastDay, validFrom }, 'measure');
}
