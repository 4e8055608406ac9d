import type { SubjectKind } from '#kernel';

/** One thing that the reviewer finds, for some kinds of conduct or of subject. */
export interface FindingRule {
  code: string;
  zh: string;
  en: string;
  /** Absent: of every kind. */
  kinds?: readonly string[];
  subjectKinds?: readonly SubjectKind[];
  /** Whether it stands against the listing that it was found, or that it was not. */
  against: 'found' | 'not-found';
  /** 一般不得: there may be reasons to list nevertheless, and then they are given. */
  asARule?: boolean;
  article?: string;
}

/** What a person found. */
export interface Finding {
  code: string;
  found: boolean;
  /** Why it is listed nevertheless, where the rule is one that has exceptions. */
  reasons?: string;
}
