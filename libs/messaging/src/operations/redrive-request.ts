import { ChoiceField, InstantField, IntegerField, ListField, TextField } from '#platform';
import { CAUSES, type Cause } from '../inbox/classify.js';
import type { Selection } from '../redrive/selection.js';
import { MOST_ITEMS } from '../redrive/selection.js';

/** Which dead letters are meant; every criterion narrows. */
export class SelectionRequest {
  @ListField('text', {
    max: 1_000,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    optional: true,
    description: 'ids of open dead letters; one that is not open is refused',
    example: ['0192f0c4-6c00-7000-8000-000000000001'],
  })
  ids?: string[];

  @TextField({ max: 100, optional: true, description: 'topic, by its short name', example: 'records' })
  topic?: string;

  @TextField({
    max: 200,
    optional: true,
    description: 'type of the event',
    example: 'cn.chengxin.record.accepted.v1',
  })
  type?: string;

  @ChoiceField({ values: CAUSES, optional: true, description: 'why they were set aside' })
  cause?: Cause;

  @TextField({ max: 200, optional: true, description: 'class of the error', example: 'TypeError' })
  errorClass?: string;

  @TextField({ max: 500, optional: true, description: 'a part of the text of the error' })
  error?: string;

  @TextField({ max: 200, optional: true, description: 'id of the subject' })
  subject?: string;

  @InstantField({ optional: true, description: 'set aside at or after', example: '2026-11-27T00:00:00Z' })
  from?: string;

  @InstantField({
    optional: true,
    description: 'set aside at or before; now when absent. What is set aside later is not swept in',
    example: '2026-11-27T08:30:00Z',
  })
  cutOff?: string;

  @IntegerField({
    min: 1,
    max: MOST_ITEMS,
    optional: true,
    description: 'only so many, the oldest',
    example: 100,
  })
  first?: number;
}

export class RedriveRequest extends SelectionRequest {
  @ChoiceField({
    values: ['redrive', 'discard'],
    description: 'handle the events again, or give them up for good',
  })
  action!: 'redrive' | 'discard';

  @TextField({
    min: 3,
    max: 500,
    optional: true,
    description: 'why the events may be given up; demanded for discard',
    example: '来源系统已重报, 见工单 118',
  })
  reason?: string;

  @IntegerField({
    min: 1,
    max: 1_000,
    optional: true,
    description: 'at most so many letters a second, over all replicas; 50 when absent',
    example: 50,
  })
  perSecond?: number;
}

export function selectionOf(request: SelectionRequest): Selection {
  const { ids, topic, type, cause, errorClass, error, subject, from, cutOff, first } = request;
  return {
    ids,
    topic,
    type,
    cause,
    errorClass,
    error,
    subject,
    from: from === undefined ? undefined : new Date(from),
    cutOff: cutOff === undefined ? undefined : new Date(cutOff),
    first,
  };
}
