import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, LocalDate, nullable, oneOf, SubjectRef, samples } from './parts.js';

export const subjectRegistered = defineEvent({
  type: 'cn.chengxin.subject.registered.v1',
  source: '/records',
  topic: 'subjects',
  audience: 'government',
  description: 'A credit subject is known to the platform for the first time.',
  data: Type.Object({ subject: SubjectRef }),
  sample: { subject: samples.subject },
});

export const subjectChanged = defineEvent({
  type: 'cn.chengxin.subject.changed.v1',
  source: '/records',
  topic: 'subjects',
  audience: 'government',
  description: 'Name or division of a subject changed.',
  data: Type.Object({ subject: SubjectRef, changed: Type.Array(Type.String()) }),
  sample: { subject: samples.subject, changed: ['name'] },
});

export const subjectLinked = defineEvent({
  type: 'cn.chengxin.subject.linked.v1',
  source: '/records',
  topic: 'subjects',
  audience: 'government',
  description:
    'Somebody stands behind an organisation: its legal representative, or who controls or answers for it.',
  data: Type.Object({
    subject: SubjectRef,
    link: Type.Object({
      id: Id,
      kind: oneOf(['legal-representative', 'subsidiary', 'actual-controller', 'responsible-person']),
      party: Type.String({ format: 'uuid', description: 'id of the subject behind the organisation' }),
      since: LocalDate,
      until: nullable(LocalDate),
    }),
  }),
  sample: {
    subject: samples.subject,
    link: {
      id: '0192f0c4-6c00-7000-8000-0000000000e1',
      kind: 'legal-representative',
      party: '0192f0c4-6c00-7000-8000-0000000000e2',
      since: '2015-06-18',
      until: null,
    },
  },
});

export const subjectEvents = [subjectRegistered, subjectChanged, subjectLinked];
