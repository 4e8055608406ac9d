import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  Creates,
  CurrentActor,
  Database,
  DateField,
  IfMatch,
  JsonField,
  TextField,
} from '#platform';
import { differencesOf } from '../../domain/rules/differences.js';
import { ChangeListTypes } from '../../list-types/change-list-types.js';
import { RuleBook } from '../../store/rule-book.js';
import { Drafts, type VersionedDraft } from '../../list-types/drafts.js';

class DraftRequest {
  @JsonField({ description: 'the whole rule, in the form that GET /api/list-types/{key} gives' })
  content!: object;

  @DateField({
    optional: true,
    description: 'version that it follows; that one ends on the day before',
    example: '2025-12-25',
  })
  replaces?: string;
}

class DropRequest {
  @TextField({ max: 1000, description: 'why it is not published', example: '依据尚未公布' })
  reason!: string;
}

/** Rules of a list on their way into force (名单规定的起草与发布): one person drafts, another publishes. */
@ApiTags('list types')
@Controller('api/list-types/drafts')
export class ListTypeDraftsController {
  constructor(
    private readonly database: Database,
    private readonly change: ChangeListTypes,
    private readonly drafts: Drafts,
    private readonly ruleBook: RuleBook,
  ) {}

  @Post()
  @Allow('handler')
  @Creates()
  @ApiOperation({ summary: 'Draft a version; refused where it overlaps, lacks its basis, or reaches back' })
  draft(@CurrentActor() actor: Actor, @Body() { content, replaces }: DraftRequest): Promise<object> {
    const given = replaces ? { content, replaces } : { content };
    return this.database.command(async (tx) => this.#view(await this.change.draft(tx, actor, given)));
  }

  @Get()
  @Allow()
  @ApiOperation({ summary: 'Drafts, newest first' })
  async list(): Promise<object> {
    const drafts = await this.drafts.all(this.database);
    return { items: drafts.map(({ draft: { content: _, ...draft }, version }) => ({ ...draft, version })) };
  }

  @Get(':id')
  @Allow()
  @ApiOperation({ summary: 'One draft, with what differs from the version that it follows' })
  async one(@Param('id') id: string): Promise<object> {
    return this.#view(await this.drafts.read(this.database, id));
  }

  @Post(':id/publication')
  @HttpCode(200)
  @Allow('approver')
  @ApiOperation({ summary: 'A second person publishes it; it is in force from its first day' })
  async publish(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    const published = await this.database.command(async (tx) =>
      this.#view(await this.change.publish(tx, actor, id, version)),
    );
    // After the commit: whoever is answered finds the rule.
    await this.ruleBook.reread();
    return published;
  }

  @Post(':id/drop')
  @HttpCode(200)
  @Allow('handler', 'approver')
  @ApiOperation({ summary: 'Not published, with the reason' })
  drop(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { reason }: DropRequest,
  ): Promise<object> {
    return this.database.command(async (tx) =>
      this.#view(await this.change.drop(tx, actor, id, version, reason)),
    );
  }

  #view({ draft, version }: VersionedDraft): object {
    const replaced = this.change.replacedBy(draft);
    return { ...draft, version, differences: replaced ? differencesOf(replaced, draft.content) : [] };
  }
}
