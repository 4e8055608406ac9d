import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import { Allow, Creates, CurrentActor, Database, JsonField, TextField } from '#platform';
import { DraftEditions } from '../commands/draft-editions.js';
import { catalogueRefusals } from '../domain/catalogue-refusals.js';
import type { EditionDifferences } from '../domain/edition.js';
import { mayDo } from '../domain/rule-draft.js';
import { type EditionDraft, EditionDrafts } from '../store/edition-drafts.js';
import { DraftsQuery, pageOfDrafts, RejectionBody } from './drafts.dto.js';

class EditionBody {
  @JsonField({
    description:
      'the whole edition: {part: national | supplement | constraint, edition, validFrom, validTo, entries}; entries as at /api/discipline/catalogue without id and days, those of the province with a name, `follows` names the entry whose place one takes',
  })
  content!: Record<string, unknown>;

  @TextField({
    max: 20,
    optional: true,
    description: 'edition that is still valid then; it ends on the day before',
    example: '2024',
  })
  replaces?: string;
}

interface ShownEdition extends EditionDraft {
  differences: EditionDifferences;
  mayDo: string[];
}

const draftId = new ParseUUIDPipe({
  exceptionFactory: () => catalogueRefusals.refusal('catalogue.draft-not-found', { id: '?' }),
});

/** Editions of the closed lists on their way into force (清单的起草与发布): one person drafts, another publishes. */
@ApiTags('discipline')
@Controller('api/discipline/catalogue/drafts')
export class EditionDraftsController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftEditions,
    private readonly drafts: EditionDrafts,
  ) {}

  @Get()
  @Allow('lead-unit', 'auditor')
  @ApiOperation({ summary: 'Drafts of editions and what became of them, newest first' })
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: DraftsQuery,
  ): Promise<Page<Omit<ShownEdition, 'content' | 'differences'>>> {
    const { items, ...next } = await pageOfDrafts(this.database, this.drafts, query);
    return {
      items: items.map(({ content: { entries, ...content }, ...draft }) => ({
        ...draft,
        ...content,
        entries: entries.length,
        mayDo: mayDo(draft.state, actor.id),
      })),
      ...next,
    };
  }

  @Get(':id')
  @Allow('lead-unit', 'auditor')
  @ApiOperation({ summary: 'One draft, with what it changes: entries, and rules that move or end with it' })
  async one(@CurrentActor() actor: Actor, @Param('id', draftId) id: string): Promise<ShownEdition> {
    const draft = await this.drafts.find(this.database, id);
    if (!draft) throw catalogueRefusals.refusal('catalogue.draft-not-found', { id });
    return this.#shown(actor, draft);
  }

  @Post()
  @Creates()
  @Allow('lead-unit')
  @ApiOperation({
    summary: 'Draft an edition; refused where it overlaps, has no last day, lacks its basis, or reaches back',
  })
  async draft(
    @CurrentActor() actor: Actor,
    @Body() { content, replaces }: EditionBody,
  ): Promise<ShownEdition> {
    const given = { content, replaces: replaces ?? null };
    return this.#shown(actor, await this.database.command((tx) => this.drafting.draft(tx, actor, given)));
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Allow('lead-unit')
  @ApiOperation({ summary: 'Publish the draft of another person; it takes effect on its first day' })
  async publish(@CurrentActor() actor: Actor, @Param('id', draftId) id: string): Promise<ShownEdition> {
    return this.#shown(actor, await this.database.command((tx) => this.drafting.publish(tx, actor, id)));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Allow('lead-unit')
  @ApiOperation({ summary: 'Reject a draft, with the reason' })
  async reject(
    @CurrentActor() actor: Actor,
    @Param('id', draftId) id: string,
    @Body() { reason }: RejectionBody,
  ): Promise<ShownEdition> {
    return this.#shown(
      actor,
      await this.database.command((tx) => this.drafting.reject(tx, actor, id, reason)),
    );
  }

  async #shown({ id }: Actor, draft: EditionDraft): Promise<ShownEdition> {
    const differences = await this.drafting.differences(this.database, draft);
    return { ...draft, differences, mayDo: mayDo(draft.state, id) };
  }
}
