/** `listing`: that it was made at all (ordinance art. 35); the others are about information (art. 39, order 36 art. 18). */
export const OBJECTION_ABOUT = ['listing', 'content', 'period', 'repair-result'] as const;
export type ObjectionAbout = (typeof OBJECTION_ABOUT)[number];
