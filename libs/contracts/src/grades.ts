import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, LocalDate, nullable, samples, SubjectRef } from './parts.js';

/** The `model` of the receipt for a subject that no model grades: it owes an answer, and is no grade. */
export const NO_GRADE_MODEL = 'none';

export const gradeComputed = defineEvent({
  type: 'cn.chengxin.grade.computed.v1',
  source: '/grading',
  topic: 'grades',
  audience: 'government',
  description: 'A grade was computed for a cause; `changed` tells whether it differs from the one before.',
  data: Type.Object({
    subject: SubjectRef,
    model: Type.String({ maxLength: 60 }),
    modelVersion: Type.Integer({ minimum: 1 }),
    grade: Type.String({ maxLength: 10 }),
    gradeClass: Type.String({ maxLength: 40 }),
    previous: nullable(Type.String({ maxLength: 10 })),
    changed: Type.Boolean(),
    score: Type.Number(),
    /** the veto that decided, with the listing behind it */
    veto: nullable(Type.Object({ code: Type.String(), caseId: nullable(Id), text: Type.String() })),
    reasons: Type.Array(Type.Object({ code: Type.String(), text: Type.String(), points: Type.Number() })),
    cause: Type.Object({ eventId: Id, type: Type.String(), caseId: nullable(Id) }),
    computedOn: LocalDate,
  }),
  sample: {
    subject: samples.subject,
    model: 'hlj-market-entity',
    modelVersion: 1,
    grade: 'E',
    gradeClass: '严重失信',
    previous: 'B',
    changed: true,
    score: 82,
    veto: { code: 'veto.serious-list', caseId: samples.case.id, text: '列入严重失信主体名单' },
    reasons: [{ code: 'penalty.serious', text: '严重行政处罚', points: -18 }],
    cause: {
      eventId: '0192f0c4-6c00-7000-8000-0000000000e2',
      type: 'cn.chengxin.listing.in-force.v1',
      caseId: samples.case.id,
    },
    computedOn: '2024-11-22',
  },
});

export const gradeEvents = [gradeComputed];
