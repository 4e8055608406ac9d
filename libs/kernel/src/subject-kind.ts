/** Kinds of subject (信用主体) that rules tell apart. */
export const SUBJECT_KINDS = [
  'enterprise',
  'individual-business',
  'social-organisation',
  'public-institution',
  'government-body',
  'other-organisation',
  'natural-person',
] as const;

export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What each kind is called on screens and in documents. */
export const SUBJECT_KIND_NAMES: Readonly<Record<SubjectKind, { zh: string; en: string }>> = {
  enterprise: { zh: '企业', en: 'enterprise' },
  'individual-business': { zh: '个体工商户', en: 'individual business' },
  'social-organisation': { zh: '社会组织', en: 'social organisation' },
  'public-institution': { zh: '事业单位', en: 'public institution' },
  'government-body': { zh: '政府机构', en: 'government body' },
  'other-organisation': { zh: '其他组织', en: 'other organisation' },
  'natural-person': { zh: '自然人', en: 'natural person' },
};

export function isSubjectKind(value: unknown): value is SubjectKind {
  return (SUBJECT_KINDS as readonly unknown[]).includes(value);
}
