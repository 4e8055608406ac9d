import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { SubjectRef, samples } from './parts.js';

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

export const subjectEvents = [subjectRegistered, subjectChanged];
