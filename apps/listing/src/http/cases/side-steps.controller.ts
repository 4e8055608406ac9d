import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, Allow, CurrentActor, Database, IfMatch, newId } from '#platform';
import { CollectReceipts } from '../../commands/collect-receipts.js';
import { type PersonalStep, TakeStep } from '../../commands/take-step.js';
import { rolesFor } from '../../domain/case/lifecycle.js';
import { ReadCases } from '../../queries/read-cases.js';
import { shellRefusals } from '../../refusals.js';
import { Units } from '../../store/units.js';
import {
  AccountabilityRequest,
  LiftingFeedbackRequest,
  ClockStartRequest,
  ExtensionRequest,
  HearingNoticeRequest,
  HearingRecordRequest,
  HoldBackRequest,
  PublicationAnswerRequest,
  InterviewRequest,
  LetterAnswerRequest,
  LetterRequest,
  OrderPerformedRequest,
  PerformanceOrderRequest,
  ReminderRequest,
} from './side-steps.dto.js';
import { withoutNulls } from '../without-nulls.js';

/** Steps beside the main line: hearing, more time, reminder, publication held back, oversight of public bodies. */
@ApiTags('cases')
@Controller('api/listings/:id')
export class SideStepsController {
  constructor(
    private readonly database: Database,
    private readonly steps: TakeStep,
    private readonly receipts: CollectReceipts,
    private readonly cases: ReadCases,
    private readonly units: Units,
  ) {}

  @Post('hearing-request')
  @HttpCode(200)
  @Allow(...rolesFor('hearing-request'))
  @ApiOperation({ summary: 'The party asks for a hearing, where the procedure has one (要求听证)' })
  hearingRequest(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'hearing-request' });
  }

  @Post('hearing-notice')
  @HttpCode(200)
  @Allow(...rolesFor('hearing-notice'))
  @ApiOperation({ summary: 'Time and place of the hearing (听证通知书)' })
  hearingNotice(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: HearingNoticeRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'hearing-notice', ...body });
  }

  @Post('hearing-record')
  @HttpCode(200)
  @Allow(...rolesFor('hearing-record'))
  @ApiOperation({ summary: 'Who presided closes the hearing with its minutes (听证笔录)' })
  hearingRecord(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: HearingRecordRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'hearing-record', ...body });
  }

  @Post('extension')
  @HttpCode(200)
  @Allow(...rolesFor('extension'))
  @ApiOperation({ summary: 'The approver extends the clock of the decision, once (延长决定期限)' })
  extension(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ExtensionRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'extension', ...body }, alone);
  }

  @Post('clock-start')
  @HttpCode(200)
  @Allow(...rolesFor('clock-start'))
  @ApiOperation({ summary: 'States or corrects the day from which the decision clock runs (起算日)' })
  clockStart(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ClockStartRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'clock-start', ...body }, alone);
  }

  @Post('reminder')
  @HttpCode(200)
  @Allow(...rolesFor('reminder'))
  @ApiOperation({ summary: 'A reminder in the place of a listing (提示提醒, ordinance art. 30)' })
  reminder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() { alone, ...body }: ReminderRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'reminder', ...body }, alone);
  }

  @Post('hold-back')
  @HttpCode(200)
  @Allow(...rolesFor('hold-back'))
  @ApiOperation({ summary: 'Paid before publication: the entry is not shown (不予公布, order 54 art. 14)' })
  holdBack(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: HoldBackRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'hold-back', ...body });
  }

  @Post('publication-answer')
  @HttpCode(200)
  @Allow(...rolesFor('publication-answer'))
  @ApiOperation({
    summary: 'The authority of another province has published the entry, or sends it back (order 44 art. 14)',
  })
  publicationAnswer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PublicationAnswerRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'publication-answer', ...body });
  }

  @Post('letters')
  @HttpCode(200)
  @Allow(...rolesFor('letter'))
  @ApiOperation({
    summary: 'Tell superior, owner, audit, unit, discipline inspection (通报, ordinance art. 32)',
  })
  letter(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: LetterRequest,
  ): Promise<object> {
    if (!this.units.levelOf(body.unit))
      throw shellRefusals.refusal('listing.addressee-unknown', { unit: body.unit }, 'unit');
    const unitName = this.units.nameOf(body.unit);
    return this.#take(actor, id, version, { type: 'letter', letterId: newId(), unitName, ...body });
  }

  @Post('letters/:letterId/answer')
  @HttpCode(200)
  @Allow(...rolesFor('letter-answer'))
  @ApiOperation({ summary: 'What the unit that was told did' })
  letterAnswer(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('letterId') letterId: string,
    @IfMatch() version: number,
    @Body() body: LetterAnswerRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'letter-answer', letterId, ...body });
  }

  @Post('interview')
  @HttpCode(200)
  @Allow(...rolesFor('interview'))
  @ApiOperation({ summary: 'Interview of the head who does not correct (约谈)' })
  interview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: InterviewRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'interview', ...body });
  }

  @Post('order-performed')
  @HttpCode(200)
  @Allow(...rolesFor('order-performed'))
  @ApiOperation({ summary: 'What was ordered was performed, in time or late: its clock stops (确认履行)' })
  orderPerformed(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: OrderPerformedRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'order-performed', ...body });
  }

  @Post('lifting-feedback')
  @HttpCode(200)
  @Allow(...rolesFor('lifting-feedback'))
  @ApiOperation({
    summary: 'A unit that was urged has lifted; the last one closes the case (反馈解除结果)',
  })
  liftingFeedback(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: LiftingFeedbackRequest,
  ): Promise<object> {
    return this.database.command(async (tx) => {
      const step = { type: 'lifting-feedback', ...body } as const;
      await this.steps.execute(tx, actor, id, version, step, true);
      return this.cases.view(actor, await this.receipts.closeIfDone(tx, id));
    });
  }

  @Post('accountability')
  @HttpCode(200)
  @Allow(...rolesFor('accountability'))
  @ApiOperation({
    summary: 'Accountability and public promise after an order that was not performed (问责、公开承诺)',
  })
  accountability(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: AccountabilityRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'accountability', ...body });
  }

  @Post('performance-order')
  @HttpCode(200)
  @Allow(...rolesFor('performance-order'))
  @ApiOperation({ summary: 'Order to perform within a limit (责令限期履行)' })
  performanceOrder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @IfMatch() version: number,
    @Body() body: PerformanceOrderRequest,
  ): Promise<object> {
    return this.#take(actor, id, version, { type: 'performance-order', ...body });
  }

  #take(actor: Actor, id: string, version: number, command: PersonalStep, alone?: boolean): Promise<object> {
    const step = withoutNulls(command);
    return this.database.command(async (tx) =>
      this.cases.view(actor, await this.steps.execute(tx, actor, id, version, step, alone)),
    );
  }
}
