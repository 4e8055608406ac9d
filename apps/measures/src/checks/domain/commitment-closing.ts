import type { LocalDate } from '#kernel';

/** An entry of 失信约束措施 that closes the commitment procedure, in one edition of the list (ordinance art. 31, 45). */
export interface CommitmentClosing {
  edition: string;
  /** `serious-list`, `unkept-commitment`, `false-commitment` */
  appliesTo: readonly string[];
  basis: readonly { instrument: string; number?: string; article?: string }[];
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

/**
 * What closes the procedure on a day: the edition that is valid then. Where the last one has ended and none has taken
 * its place, it goes on: art. 45 is the law's, which the list only repeats. Before the ordinance nothing closed it.
 */
export function closingsOn(all: readonly CommitmentClosing[], day: LocalDate): CommitmentClosing[] {
  const begun = all.filter(({ validFrom }) => validFrom <= day);
  const last = begun.reduce<LocalDate>(
    (latest, { validFrom }) => (validFrom > latest ? validFrom : latest),
    '',
  );
  const valid = begun.filter(({ validTo }) => validTo === null || day <= validTo);
  return valid.length > 0 ? valid : begun.filter(({ validFrom }) => validFrom === last);
}
