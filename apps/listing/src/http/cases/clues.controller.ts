import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Actor,
  Allow,
  ChoiceField,
  Creates,
  CurrentActor,
  Database,
  FlagField,
  IfMatch,
  ObjectField,
  PageQuery,
  pageOf,
  pageRequest,
  TextField,
} from '#platform';
import { demandOwner, HandleClues } from '../../commands/handle-clues.js';
import { CLUE_SOURCES, type ClueSource } from '../../domain/clue/clue.js';
import { clueRoles, type ClueStatus, possibleClueActions } from '../../domain/clue/lifecycle.js';
import { Clues, type VersionedClue } from '../../store/clues.js';
import { FoundingDocumentRequest } from './cases.dto.js';
import { withoutNulls } from '../without-nulls.js';

class ClueRequest {
  @ChoiceField({ values: CLUE_SOURCES, description: 'where it comes from', example: 'complaint' })
  source!: ClueSource;

  @TextField({ max: 4000, description: 'what is told', example: '某工地拖欠工资' })
  content!: string;

  @TextField({ max: 200, description: 'whom it is about, as told', example: '松江示例建筑有限公司（虚构）' })
  about!: string;
}

class ClueAnswerRequest {
  @FlagField({ description: 'whether it proved true; else it is dropped', example: true })
  verified!: boolean;

  @TextField({ max: 2000, description: 'grounds', example: '核查属实' })
  reason!: string;

  @ObjectField(() => FoundingDocumentRequest, {
    optional: true,
    description: 'of a verified clue: the document of finding on which a case may rest',
  })
  document?: FoundingDocumentRequest;
}

class ClueQuery extends PageQuery {
  @ChoiceField({
    values: ['received', 'verified', 'dropped', 'used'],
    optional: true,
    description: 'status',
    example: 'received',
  })
  status?: ClueStatus;
}

/** Clues (线索): what was told to a unit, before there is a case. */
@ApiTags('clues')
@Controller('api/clues')
export class CluesController {
  constructor(
    private readonly database: Database,
    private readonly handle: HandleClues,
    private readonly clues: Clues,
  ) {}

  @Post()
  @Allow(...clueRoles('receipt'))
  @Creates()
  @ApiOperation({ summary: 'Register a clue' })
  receive(@CurrentActor() actor: Actor, @Body() body: ClueRequest): Promise<object> {
    return this.database.command(async (tx) => viewOf(await this.handle.receive(tx, actor, body)));
  }

  @Get()
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({ summary: 'Clues of the unit, newest first' })
  async list(@CurrentActor() actor: Actor, @Query() query: ClueQuery): Promise<object> {
    const across = actor.roles.includes('auditor') || actor.roles.includes('operator');
    const filter = { department: across ? null : (actor.department ?? ''), status: query.status ?? null };
    const page = pageRequest(query);
    const cut = pageOf(await this.clues.list(this.database, filter, page), page, ({ clue }) => [clue.id]);
    return { ...cut, items: cut.items.map(viewOf) };
  }

  @Get(':id')
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({ summary: 'One clue' })
  async one(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const found = await this.clues.read(this.database, id);
    demandOwner(found.clue, actor);
    return viewOf(found);
  }

  @Get(':id/actions')
  @Allow('handler', 'reviewer', 'approver', 'operator', 'auditor')
  @ApiOperation({ summary: 'What the caller may do now with the clue, from its lifecycle table' })
  async actions(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    const { clue, version } = await this.clues.read(this.database, id);
    demandOwner(clue, actor);
    // Auditors and operators read across units, and act in none.
    const roles = actor.department === clue.department ? actor.roles : [];
    const items = possibleClueActions(clue.status, roles).map(({ action, to }) => ({
      action,
      to,
      allowed: true,
      href: action === 'opening' ? '/api/listings' : `/api/clues/${id}/${action}`,
    }));
    return { id, version, status: clue.status, items };
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Allow(...clueRoles('answer'))
  @ApiOperation({ summary: 'Verified by a document, or dropped with the reason' })
  answer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ClueAnswerRequest,
  ): Promise<object> {
    const answer = withoutNulls(body);
    return this.database.command(async (tx) =>
      viewOf(await this.handle.answer(tx, actor, id, version, answer)),
    );
  }
}

function viewOf({ clue, version }: VersionedClue): object {
  return { ...clue, version };
}
