import { Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { LocalDate, UnitId } from './parts.js';

/** The 45 measures are keyed by their number; the Kafka key is `measure-<no>`. */
export const measureProgressReported = defineEvent({
  type: 'cn.chengxin.measure.progress-reported.v1',
  source: '/measures',
  topic: 'measures',
  audience: 'government',
  description: 'A unit reported progress on one of the 45 measures.',
  data: Type.Object({
    measure: Type.Integer({ minimum: 1, maximum: 999 }),
    title: Type.String({ maxLength: 200 }),
    unit: UnitId,
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    text: Type.String({ maxLength: 4000 }),
    reportedOn: LocalDate,
  }),
  sample: {
    measure: 8,
    title: '依法惩戒拖欠农民工工资等失信行为',
    unit: 'hlj.human-resources',
    percent: 60,
    text: '名单管理已覆盖全省',
    reportedOn: '2024-12-02',
  },
});

export const measureEvents = [measureProgressReported];
