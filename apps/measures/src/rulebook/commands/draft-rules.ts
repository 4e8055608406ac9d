import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, Clock, type Tx } from '#platform';
import { checkSeeds, type DisciplineRule, loadAllSeeds } from '#seeds';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { storeRuleRows } from '../../discipline/store/seed-loader.js';
import { ruleRefusals } from '../domain/refusals.js';
import { type Hand, notBackdated, publishDraft, rejectDraft, withPublished } from '../domain/rule-draft.js';
import { shapeFaults } from '../rule-shape.js';
import { Drafts, publishedRules, type RuleDraft } from '../store/drafts.js';

/** Rules change by draft and second person, of the lead unit of social credit only. */
@Injectable()
export class DraftRules {
  constructor(
    private readonly clock: Clock,
    private readonly law: DisciplineLaw,
    private readonly drafts: Drafts,
  ) {}

  /** @throws Refusal `rules.not-lead-unit`, `rules.malformed`, `rules.backdated`, `rules.contradiction` */
  async draft(tx: Tx, actor: Actor, given: unknown): Promise<RuleDraft> {
    const drafted = this.#hand(actor);
    const faults = shapeFaults(given);
    if (faults.length > 0)
      throw ruleRefusals.refusal('rules.malformed', { faults: faults.slice(0, 10).join('; ') }, 'rule');
    const content = given as DisciplineRule;
    notBackdated(content, drafted.on);
    await this.#fits(tx, content);
    const draft: RuleDraft = { id: uuidv7(), content, state: { status: 'draft', drafted } };
    await this.drafts.add(tx, draft);
    return draft;
  }

  /** Checked anew: what fitted when it was drafted may not fit any more. From now on the rule book holds it. */
  async publish(tx: Tx, actor: Actor, id: string): Promise<RuleDraft> {
    // One at a time: each is laid over what the one before left.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin measures seeds'))`);
    const draft = await this.#take(tx, id);
    const state = publishDraft(draft.state, draft.content, this.#hand(actor));
    const rules = await this.#fits(tx, draft.content);
    await this.drafts.settle(tx, id, state);
    await storeRuleRows(tx, rules);
    return { ...draft, state };
  }

  async reject(tx: Tx, actor: Actor, id: string, reason: string): Promise<RuleDraft> {
    const draft = await this.#take(tx, id);
    const state = rejectDraft(draft.state, this.#hand(actor), reason);
    await this.drafts.settle(tx, id, state);
    return { ...draft, state };
  }

  /** @returns all rules with this version among them */
  async #fits(tx: Tx, rule: DisciplineRule): Promise<DisciplineRule[]> {
    const seeds = loadAllSeeds();
    const published = await publishedRules(tx);
    const { id, validFrom } = rule;
    if (published.some((each) => each.id === id && each.validFrom === validFrom))
      throw ruleRefusals.refusal('rules.day-taken', { rule: id, validFrom }, 'validFrom');
    const rules = withPublished(seeds['discipline-rules'], [...published, rule]);
    const found = checkSeeds({ ...seeds, 'discipline-rules': rules });
    if (found.length > 0) {
      const findings = found.map(({ row, code, text }) => `${row}: ${text} (${code})`).join(' ');
      throw ruleRefusals.refusal('rules.contradiction', { findings: findings.slice(0, 2_000) }, 'rule');
    }
    return rules;
  }

  async #take(tx: Tx, id: string): Promise<RuleDraft> {
    const draft = await this.drafts.lock(tx, id);
    if (!draft) throw ruleRefusals.refusal('rules.not-found', { id });
    return draft;
  }

  #hand({ id, name, department }: Actor): Hand {
    const { leadUnit } = this.law.today();
    if (department !== leadUnit) throw ruleRefusals.refusal('rules.not-lead-unit', { lead: leadUnit });
    return { id, name, on: this.clock.today() };
  }
}
