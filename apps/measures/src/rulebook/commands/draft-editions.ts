import { Injectable } from '@nestjs/common';
import { type Actor, Clock, newId, type Queryable, type Tx } from '#platform';
import { checkSeeds, loadAllSeeds, type Seeds } from '#seeds';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { lockLaw, storeRules } from '../../discipline/store/seed-loader.js';
import { catalogueRefusalOf, catalogueRefusals } from '../domain/catalogue-refusals.js';
import { differencesOfEdition, type EditionDifferences, overlapping } from '../domain/edition.js';
import { ruleRefusals } from '../domain/refusals.js';
import { type Hand, notBackdated, publishDraft, rejectDraft } from '../domain/rule-draft.js';
import { editionFaults, editionOfGiven, type GivenEdition } from '../edition-shape.js';
import { type CatalogueEdition, publishedLaw, rowsWith, seedsWith } from '../standing-law.js';
import { type EditionDraft, EditionDrafts } from '../store/edition-drafts.js';

/** The closed lists change by editions: drafted by one person of the lead unit, published by another, from a day to a day. */
@Injectable()
export class DraftEditions {
  constructor(
    private readonly clock: Clock,
    private readonly law: DisciplineLaw,
    private readonly drafts: EditionDrafts,
  ) {}

  /** @throws Refusal `rules.not-lead-unit`, `catalogue.*`, `rules.*` for rules that would not fit their next measure */
  async draft(
    tx: Tx,
    actor: Actor,
    given: { content: unknown; replaces: string | null },
  ): Promise<EditionDraft> {
    const drafted = this.#hand(actor);
    const content = formed(given.content);
    notBackdated({ id: content.edition, ...content }, drafted.on);
    const edition = editionOfGiven(content, given.replaces);
    await this.#fits(tx, edition);
    const draft: EditionDraft = {
      id: newId(),
      content,
      replaces: given.replaces,
      state: { status: 'draft', drafted },
    };
    await this.drafts.add(tx, draft);
    return draft;
  }

  /** Checked anew: what fitted when it was drafted may not fit any more. It takes effect on its first day. */
  async publish(tx: Tx, actor: Actor, id: string): Promise<EditionDraft> {
    await lockLaw(tx);
    const draft = await this.#take(tx, id);
    const state = publishDraft(draft.state, { id, ...draft.content }, this.#hand(actor));
    const law = await this.#fits(tx, editionOfGiven(draft.content, draft.replaces));
    await this.drafts.settle(tx, id, state);
    await storeRules(tx, law);
    return { ...draft, state };
  }

  async reject(tx: Tx, actor: Actor, id: string, reason: string): Promise<EditionDraft> {
    const draft = await this.#take(tx, id);
    const state = rejectDraft(draft.state, this.#hand(actor), reason);
    await this.drafts.settle(tx, id, state);
    return { ...draft, state };
  }

  /** What it changes in the law as it stands without it. */
  async differences(db: Queryable, { content, replaces, state }: EditionDraft): Promise<EditionDifferences> {
    const published = await publishedLaw(db);
    const editions = published.editions.filter(
      ({ part, edition }) =>
        state.status !== 'published' || part !== content.part || edition !== content.edition,
    );
    const without = rowsWith(loadAllSeeds(), { ...published, editions });
    return differencesOfEdition(without, editionOfGiven(content, replaces));
  }

  /** @returns the law with this edition in it */
  async #fits(db: Queryable, edition: CatalogueEdition): Promise<Seeds> {
    const seeds = loadAllSeeds();
    const published = await publishedLaw(db);
    const standing = rowsWith(seeds, published)[edition.part];
    checkPlace(standing, edition);
    const law = seedsWith(
      seeds,
      rowsWith(seeds, { ...published, editions: [...published.editions, edition] }),
    );
    const found = checkSeeds(law);
    if (found.length > 0) throw catalogueRefusalOf(found);
    return law;
  }

  async #take(tx: Tx, id: string): Promise<EditionDraft> {
    const draft = await this.drafts.lock(tx, id);
    if (!draft) throw catalogueRefusals.refusal('catalogue.draft-not-found', { id });
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

function formed(given: unknown): GivenEdition & { validTo: string } {
  const faults = editionFaults(given);
  if (faults.length > 0)
    throw catalogueRefusals.refusal(
      'catalogue.malformed',
      { faults: faults.slice(0, 10).join('; ') },
      'content',
    );
  const content = given as GivenEdition;
  const { edition, validFrom, validTo } = content;
  if (validTo === null)
    throw catalogueRefusals.refusal('catalogue.without-expiry', { edition }, 'content.validTo');
  if (validTo < validFrom)
    throw catalogueRefusals.refusal('catalogue.validity-reversed', { validFrom, validTo }, 'content.validTo');
  return { ...content, validTo };
}

/** Among the editions of its part: a name of its own, days of its own, a place that is free. */
function checkPlace(standing: CatalogueEdition['entries'], edition: CatalogueEdition): void {
  const { edition: name, replaces, validFrom, entries } = edition;
  if (standing.some((entry) => entry.edition === name))
    throw catalogueRefusals.refusal('catalogue.edition-taken', { edition: name }, 'content.edition');
  const open = standing.some(
    (entry) => entry.edition === replaces && (entry.validTo === null || entry.validTo >= validFrom),
  );
  if (replaces !== null && !open)
    throw catalogueRefusals.refusal('catalogue.replaces-unknown', { replaces, validFrom }, 'replaces');
  const editions = overlapping(standing, edition);
  if (editions.length > 0)
    throw catalogueRefusals.refusal(
      'catalogue.overlap',
      { editions: editions.join(', ') },
      'content.validFrom',
    );
  const known = new Set(standing.map(({ id }) => id));
  for (const { follows } of standing) if (follows) known.delete(follows);
  for (const { id, follows } of entries) {
    if (follows !== undefined && !known.delete(follows))
      throw catalogueRefusals.refusal('catalogue.follows-unknown', { entry: id, follows }, 'content.entries');
  }
}
