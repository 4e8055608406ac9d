/**
 * `listing`: that it was made at all (ordinance art. 35); `lifting`: that measures were not lifted at the end of the term
 * (联合惩戒办法 art. 14); the others are about information (art. 39, order 36 art. 18).
 */
export const OBJECTION_ABOUT = ['listing', 'content', 'period', 'repair-result', 'lifting'] as const;
export type ObjectionAbout = (typeof OBJECTION_ABOUT)[number];

/** On what it rests, where the rule of the list takes no other: 决定、行为被撤销、变更; 其他重大、明显错误. */
export const OBJECTION_GROUNDS = ['basis-changed', 'obvious-error'] as const;
export type ObjectionGround = (typeof OBJECTION_GROUNDS)[number];
