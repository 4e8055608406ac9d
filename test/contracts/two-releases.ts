import { Type } from '@sinclair/typebox';
import { ContractRegistry, defineEvent, upgradeFrom } from '#contracts';

/*
 * One event in two releases of the platform, both made up: N tells points; N+1 may add a remark, and knows a
 * second version in which the points are said beside their maximum.
 */

const common = {
  source: '/measures',
  topic: 'measures',
  audience: 'government',
  description: 'A unit was assessed.',
} as const;
const type = 'cn.chengxin.measure.assessed.v1';

export const assessedN = defineEvent({
  ...common,
  type,
  data: Type.Object({ measure: Type.Integer(), points: Type.Integer() }),
  sample: { measure: 8, points: 60 },
});

export const assessedN1 = defineEvent({
  ...common,
  type,
  data: Type.Object({
    measure: Type.Integer(),
    points: Type.Integer(),
    remark: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  sample: { measure: 8, points: 60, remark: '按期完成' },
});

export const assessedTwo = defineEvent({
  ...common,
  type: 'cn.chengxin.measure.assessed.v2',
  data: Type.Object({
    measure: Type.Integer(),
    score: Type.Object({ points: Type.Integer(), of: Type.Integer({ minimum: 1 }) }),
    remark: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
  }),
  sample: { measure: 8, score: { points: 60, of: 100 }, remark: null },
  upgrades: upgradeFrom(assessedN1, ({ measure, points, remark }) => ({
    measure,
    score: { points, of: 100 },
    remark: remark ?? null,
  })),
});

export const releaseN = new ContractRegistry([assessedN]);
export const releaseN1 = new ContractRegistry([assessedN1, assessedTwo]);
