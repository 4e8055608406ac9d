import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, nullable, oneOf, samples } from './parts.js';

const common = { source: '/notifications', topic: 'notices', audience: 'government' } as const;

const Notice = Type.Object({
  id: Id,
  /** the event that is told */
  causeEventId: Id,
  causeType: Type.String(),
  subjectId: Id,
  caseId: nullable(Id),
  recipient: Type.Object({
    kind: oneOf(['party', 'unit', 'subscriber']),
    id: Type.String({ maxLength: 100 }),
  }),
  channel: oneOf(['in-app', 'webhook', 'mail', 'sms']),
});

const notice = {
  id: '0192f0c4-6c00-7000-8000-000000000101',
  causeEventId: '0192f0c4-6c00-7000-8000-0000000000e3',
  causeType: 'cn.chengxin.listing.ended.v1',
  subjectId: samples.subject.id,
  caseId: samples.case.id,
  recipient: { kind: 'party' as const, id: samples.subject.code },
  channel: 'in-app' as const,
};

export const noticeDelivered = defineEvent({
  ...common,
  type: 'cn.chengxin.notice.delivered.v1',
  description: 'A recipient was told, with the proof of the channel.',
  data: Type.Object({ notice: Notice, proof: Type.String({ maxLength: 500 }) }),
  sample: { notice, proof: 'inbox entry' },
});

export const noticeFailed = defineEvent({
  ...common,
  type: 'cn.chengxin.notice.failed.v1',
  description: 'A recipient could not be told after all attempts of its channel.',
  data: Type.Object({
    notice: Notice,
    reason: Type.String({ maxLength: 500 }),
    attempts: Type.Integer({ minimum: 1 }),
  }),
  sample: {
    notice: { ...notice, channel: 'webhook', recipient: { kind: 'subscriber', id: 'demo' } },
    reason: 'HTTP 500',
    attempts: 8,
  },
});

export const noticeEvents = [noticeDelivered, noticeFailed];
