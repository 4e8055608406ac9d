import type { LocalDate, SubjectKind } from '#kernel';

/** A subject as events name it. */
export interface AskedSubject {
  id: string;
  kind: SubjectKind;
  code: string | null;
  name: string;
  region: string;
}

/** A hit whose department has not said what it made of it. */
export interface OpenHitOfCheck {
  checkId: string;
  department: string;
  field: string;
  item: string;
  reference: string | null;
  askedOn: LocalDate;
  dueOn: LocalDate;
  actionId: string;
  rule: string;
  title: string;
  subject: AskedSubject;
}

/** The open hits of one subject in one check: what its department is told of at once. */
export interface LateHits {
  check: string;
  subject: AskedSubject;
  unit: string;
  field: string;
  item: string;
  reference: string | null;
  askedOn: LocalDate;
  due: LocalDate;
  hits: { action: string; rule: string; title: string }[];
}

/**
 * By subject, in the order given: a batch about many subjects is told subject by subject, a subject with many hits
 * once. One that was asked for by its code and by its id is one subject, with each of its actions once.
 */
export function lateBySubject(open: readonly OpenHitOfCheck[]): LateHits[] {
  const late = new Map<string, LateHits>();
  for (const { checkId, department, dueOn, actionId, rule, title, subject, ...same } of open) {
    const told = late.get(subject.id) ?? {
      ...same,
      check: checkId,
      unit: department,
      due: dueOn,
      subject,
      hits: [],
    };
    late.set(subject.id, told);
    if (!told.hits.some(({ action }) => action === actionId))
      told.hits.push({ action: actionId, rule, title });
  }
  return [...late.values()];
}
