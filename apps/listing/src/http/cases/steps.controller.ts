import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, CurrentActor, Database, IfMatch } from '#platform';
import { StateDefence } from '../../commands/state-defence.js';
import { type PersonalStep, TakeStep } from '../../commands/take-step.js';
import { rolesFor } from '../../domain/case/lifecycle.js';
import { ReadCases } from '../../queries/read-cases.js';
import {
  ApprovalRequest,
  ConsentRequest,
  DecisionRequest,
  DefenceRequest,
  NoticeRequest,
  PublicationRequest,
  ReviewRequest,
  RevocationRequest,
  ServiceRequest,
  WithdrawalRequest,
} from './steps.dto.js';
import { withoutNulls } from '../without-nulls.js';

/** The steps of the lifecycle table. Who may take one is what the table says; each names the version that was read. */
@ApiTags('cases')
@Controller('api/listings/:id')
export class StepsController {
  constructor(
    private readonly database: Database,
    private readonly steps: TakeStep,
    private readonly defences: StateDefence,
    private readonly cases: ReadCases,
  ) {}

  @Post('notice')
  @HttpCode(200)
  @Allow(...rolesFor('notice'))
  @ApiOperation({
    summary: 'Notice of reasons, basis and rights; the defence runs from its service (事先告知)',
  })
  notice(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: NoticeRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'notice', ...body }, alone);
  }

  @Post('defence')
  @HttpCode(200)
  @Allow(...rolesFor('defence'))
  @ApiOperation({ summary: 'The party states its defence, or a handler takes it down (陈述申辩)' })
  defence(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: DefenceRequest,
  ): Promise<object> {
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.defences.execute(tx, actor, id, version, withoutNulls(body))),
    );
  }

  @Post('review')
  @HttpCode(200)
  @Allow(...rolesFor('review'))
  @ApiOperation({ summary: 'A second person gives an opinion (复核)' })
  review(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ReviewRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'review', ...body }, alone);
  }

  @Post('consent')
  @HttpCode(200)
  @Allow(...rolesFor('consent'))
  @ApiOperation({ summary: 'The next level up consents or refuses, where the list demands it (上级同意)' })
  consent(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ConsentRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'consent', ...body }, alone);
  }

  @Post('approval')
  @HttpCode(200)
  @Allow(...rolesFor('approval'))
  @ApiOperation({ summary: 'A third person approves (批准)' })
  approval(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ApprovalRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'approval', ...body }, alone);
  }

  @Post('decision')
  @HttpCode(200)
  @Allow(...rolesFor('decision'))
  @ApiOperation({ summary: 'The numbered decision (列入决定书)' })
  decision(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: DecisionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'decision', ...body }, alone);
  }

  @Post('service')
  @HttpCode(200)
  @Allow(...rolesFor('service'))
  @ApiOperation({
    summary: 'Decision and repair notice reach the party together (两书同达); the listing takes effect',
  })
  service(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: ServiceRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'service', ...body });
  }

  @Post('publication')
  @HttpCode(200)
  @Allow(...rolesFor('publication'))
  @ApiOperation({ summary: 'Secrecy review; passed: the entry is on the public register (公示)' })
  publication(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PublicationRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'publication', ...body });
  }

  @Post('withdrawal')
  @HttpCode(200)
  @Allow(...rolesFor('withdrawal'))
  @ApiOperation({ summary: 'The case ends before a decision (终止,不予列入)' })
  withdrawal(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: WithdrawalRequest,
  ): Promise<object> {
    const ground = body.ground ?? 'other';
    return this.#take(actor, id, version, { type: 'withdrawal', ...body, ground }, alone);
  }

  @Post('revocation')
  @HttpCode(200)
  @Allow(...rolesFor('revocation'))
  @ApiOperation({ summary: 'The deciding unit takes its decision back (撤销)' })
  revocation(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: RevocationRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'revocation', ...body }, alone);
  }

  #take(actor: Actor, id: string, version: number, command: PersonalStep, alone?: boolean): Promise<object> {
    const step = withoutNulls(command);
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.steps.execute(tx, actor, id, version, step, alone)),
    );
  }
}
