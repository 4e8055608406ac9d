import { SUBJECT_KINDS, type SubjectKind } from '#kernel';
import { ChoiceField, DateField, JsonField, PageQuery, TextField } from '#platform';
import { WITHDRAWAL_CAUSES, type WithdrawalCause } from '../domain/duplicate.js';
import { LINK_KINDS, type LinkKind } from '../store/links.store.js';

/* Shapes of requests. Codes and identity numbers are checked by their own rules, which say what is wrong. */

const REGION = { max: 6, pattern: /^\d{6}$/, example: '230100' };

export class PushRecordBody {
  @TextField({ max: 60, description: 'record type of the catalogue', example: 'penalty' })
  type!: string;

  @JsonField({ description: 'the fields of the catalogue entry, by their national names (CF_…)' })
  payload!: Record<string, unknown>;
}

export class WithdrawalBody {
  @ChoiceField({
    values: WITHDRAWAL_CAUSES,
    description: 'why the record no longer stands',
    example: 'revoked',
  })
  cause!: WithdrawalCause;

  @TextField({ max: 1000, description: 'the reason in words, with the document that says so' })
  reason!: string;

  @DateField({
    optional: true,
    description:
      'day of the decision that revoked or changed it; from it the provider has two working days to tell (ordinance art. 38)',
    example: '2025-02-07',
  })
  changedOn?: string;
}

export class BatchQuery {
  @TextField({ max: 60, description: 'record type of every row', example: 'penalty' })
  type!: string;
}

export class SubjectBody {
  @ChoiceField({ values: SUBJECT_KINDS, description: 'kind of subject', example: 'enterprise' })
  kind!: SubjectKind;

  @TextField({
    max: 64,
    optional: true,
    description: 'unified social credit code, of every organisation',
    example: '91230100MA1ABCDE8J',
  })
  code?: string;

  @TextField({ max: 64, optional: true, description: 'citizen number, of a natural person; kept sealed' })
  citizenId?: string;

  @TextField({ max: 200, description: 'registered name', example: '松江示例商贸有限公司（虚构）' })
  name!: string;

  @TextField({ ...REGION, description: 'division, GB/T 2260' })
  region!: string;

  @TextField({
    max: 80,
    pattern: /^[a-z0-9][a-z0-9.-]{1,79}$/,
    optional: true,
    description: 'of a government body: its unit of the register',
  })
  unit?: string;
}

export class SubjectChangeBody {
  @TextField({ max: 200, optional: true, description: 'the new name' })
  name?: string;

  @TextField({ ...REGION, optional: true, description: 'the new division' })
  region?: string;

  @TextField({ max: 1000, description: 'why, with the document that says so' })
  reason!: string;
}

export class SubjectMatchBody {
  @ChoiceField({
    values: SUBJECT_KINDS,
    description: 'kind of subject; natural-person to be found by its number',
  })
  kind!: SubjectKind;

  @TextField({ max: 64, optional: true, description: 'unified social credit code' })
  code?: string;

  @TextField({ max: 64, optional: true, description: 'citizen number' })
  citizenId?: string;
}

export class SubjectSearchQuery extends PageQuery {
  @TextField({ min: 2, max: 60, optional: true, description: 'part of the name' })
  name?: string;

  @ChoiceField({
    values: SUBJECT_KINDS,
    optional: true,
    description: 'natural persons are listed only when asked for, with X-Purpose',
  })
  kind?: SubjectKind;

  @TextField({ ...REGION, optional: true, description: 'division' })
  region?: string;
}

export class LinkBody {
  @ChoiceField({ values: LINK_KINDS, description: 'how the party stands to the organisation' })
  kind!: LinkKind;

  @TextField({
    max: 36,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    description: 'id of the subject behind the organisation',
  })
  party!: string;

  @DateField({ description: 'first day' })
  since!: string;

  @DateField({ optional: true, description: 'last day' })
  until?: string;
}

export class RecordTypesQuery {
  @DateField({ optional: true, description: 'the catalogue as it stood on that day; today when absent' })
  asOf?: string;
}

export class AccessLogQueryParams extends PageQuery {
  @TextField({
    max: 36,
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    optional: true,
    description: 'looks at this subject',
  })
  subject?: string;

  @TextField({ max: 80, optional: true, description: 'looks of this unit' })
  department?: string;
}
