import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Page } from '#platform';
import { Allow, Creates, CurrentActor, Database, JsonField } from '#platform';
import { DraftRules } from '../commands/draft-rules.js';
import { ruleRefusals } from '../domain/refusals.js';
import { type Difference, differencesBetween, mayDo } from '../domain/rule-draft.js';
import { Drafts, type RuleDraft } from '../store/drafts.js';
import { DraftsQuery, pageOfDrafts, RejectionBody } from './drafts.dto.js';

class DraftBody {
  @JsonField({ description: 'the whole version of the rule, as at /api/discipline/rules' })
  rule!: Record<string, unknown>;
}

/** A draft beside the version that holds on the day before it would begin. */
interface ShownDraft extends RuleDraft {
  changes: Difference[];
  mayDo: string[];
}

const draftId = new ParseUUIDPipe({
  exceptionFactory: () => ruleRefusals.refusal('rules.not-found', { id: '?' }),
});

@ApiTags('discipline')
@Controller('api/discipline/rules/drafts')
export class RuleDraftsController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftRules,
    private readonly drafts: Drafts,
  ) {}

  @Get()
  @Allow('lead-unit', 'auditor')
  @ApiOperation({ summary: 'Drafts and what became of them, with what each changes' })
  async list(@CurrentActor() actor: Actor, @Query() query: DraftsQuery): Promise<Page<ShownDraft>> {
    const { items, ...next } = await pageOfDrafts(this.database, this.drafts, query);
    return {
      items: await Promise.all(items.map((draft) => this.#shown(actor, draft))),
      ...next,
    };
  }

  @Get(':id')
  @Allow('lead-unit', 'auditor')
  @ApiOperation({ summary: 'One draft, with what it changes' })
  async one(@CurrentActor() actor: Actor, @Param('id', draftId) id: string): Promise<ShownDraft> {
    const draft = await this.drafts.find(this.database, id);
    if (!draft) throw ruleRefusals.refusal('rules.not-found', { id });
    return this.#shown(actor, draft);
  }

  @Post()
  @Creates()
  @Allow('lead-unit')
  @ApiOperation({
    summary: 'Draft a version of a rule; refused where it has no basis, reaches back or contradicts',
  })
  async draft(@CurrentActor() actor: Actor, @Body() body: DraftBody): Promise<ShownDraft> {
    return this.#shown(actor, await this.database.command((tx) => this.drafting.draft(tx, actor, body.rule)));
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Allow('lead-unit')
  @ApiOperation({ summary: 'Publish the draft of another person; it holds from its day on' })
  async publish(@CurrentActor() actor: Actor, @Param('id', draftId) id: string): Promise<ShownDraft> {
    return this.#shown(actor, await this.database.command((tx) => this.drafting.publish(tx, actor, id)));
  }

  @Post(':id/rejection')
  @HttpCode(200)
  @Allow('lead-unit')
  @ApiOperation({ summary: 'Reject a draft, with the reason' })
  async reject(
    @CurrentActor() actor: Actor,
    @Param('id', draftId) id: string,
    @Body() body: RejectionBody,
  ): Promise<ShownDraft> {
    return this.#shown(
      actor,
      await this.database.command((tx) => this.drafting.reject(tx, actor, id, body.reason)),
    );
  }

  async #shown({ id }: Actor, draft: RuleDraft): Promise<ShownDraft> {
    const { rows } = await this.database.query<{ content: object }>(
      `SELECT content FROM discipline_rule WHERE id = $1 AND valid_from < $2 ORDER BY valid_from DESC LIMIT 1`,
      [draft.content.id, draft.content.validFrom],
    );
    return {
      ...draft,
      changes: differencesBetween(rows[0]?.content, draft.content),
      mayDo: mayDo(draft.state, id),
    };
  }
}
