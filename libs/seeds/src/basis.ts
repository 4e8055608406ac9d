import type { LocalDate } from '#kernel';

/**
 * How far a row may be trusted: `true` = compared with the official text; `'text'` = read in a third-party
 * copy of the official text; `false` = from memory, from a secondary report, or a default of this project.
 */
export type Confirmed = true | 'text' | false;

/** Where a row rests. `instrument` is the name used in `seeds/instruments.json`, which holds its rank. */
export interface LegalBasis {
  instrument: string;
  /** The document number printed on it, e.g. 国务院令第724号; only where it differs from the register's. */
  number?: string;
  /** The article, e.g. '48' or '14(2)'; absent where the instrument as a whole is meant. */
  article?: string;
}

/** What every row of `seeds/` carries beside its content. */
export interface Seeded {
  basis: LegalBasis[];
  /** First day of validity; null = the sources give no date, the row holds for every day up to `validTo`. */
  validFrom: LocalDate | null;
  /** Last day of validity, inclusive; null = open. */
  validTo: LocalDate | null;
  confirmed: Confirmed;
  /** Which document of the project's sources the row was taken from, and what is missing in it. */
  source: string;
}

/**
 * Rank of an instrument. 国办发〔2020〕49号 lets only `law`, `administrative-regulation` and
 * `central-policy` (and, inside one province, `local-regulation`) carry a nationwide list or a measure that
 * reduces rights; a `department-rule` may carry a list standard only where nothing higher exists yet.
 */
export type InstrumentRank =
  | 'law'
  | 'administrative-regulation'
  | 'central-policy'
  | 'judicial-interpretation'
  | 'department-rule'
  | 'local-regulation'
  | 'departmental-document'
  | 'provincial-document'
  | 'national-standard'
  | 'organisational-default';

/** A law, rule or document that rows may cite; citing one that is not here is refused. */
export interface Instrument extends Omit<Seeded, 'basis'> {
  name: string;
  nameEn: string;
  number: string | null;
  rank: InstrumentRank;
  issuer: string | null;
}

/** The row valid on `day` among rows of one key: half-open dates (null) hold for every day. */
export function validOn(row: Pick<Seeded, 'validFrom' | 'validTo'>, day: LocalDate): boolean {
  return (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day <= row.validTo);
}
