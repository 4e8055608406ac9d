import { addYears, type LocalDate, SUBJECT_KIND_NAMES } from '#kernel';
import type { CaseRecord, Hand, Subject } from './case.js';
import type { FactOf } from './facts.js';
import { listingRefusals } from './refusals.js';
import { conductOf, type Rules, type UnitLevel } from './rules.js';
import { penaltyDay } from './term.js';
import { decisionDueFrom } from './time-limits.js';

/** 民法典 art. 17: an adult is a natural person of 18 years or more. */
const ADULT_YEARS = 18;

export interface OpenCase {
  id: string;
  no: string;
  subject: Subject;
  /** Checked birth date of a natural person; looked at and not kept. */
  bornOn?: LocalDate;
  conductKind: string;
  records: (CaseRecord & { subjectId: string })[];
  clockFrom?: LocalDate;
  department: { id: string; level: UnitLevel };
  by: Hand;
  today: LocalDate;
}

/**
 * A handler opens a case on a subject, resting on records (立案).
 *
 * @throws Refusal when department, subject, conduct kind or records do not fit the list
 */
export function openCase(command: OpenCase, rules: Rules): FactOf<'opened'> {
  const { list } = rules;
  checkCompetence(command, rules);
  if (!conductOf(list, command.conductKind)) {
    const facts = { listType: list.key, conductKind: command.conductKind };
    throw listingRefusals.refusal('listing.conduct-kind-unknown', facts, 'conductKind');
  }
  checkSubject(command, rules);
  checkRecords(command);
  if (
    command.clockFrom !== undefined &&
    command.clockFrom > command.today &&
    list.decision?.from !== 'payment-limit'
  ) {
    throw listingRefusals.refusal(
      'listing.date-in-future',
      { field: 'clockFrom', today: command.today },
      'clockFrom',
    );
  }
  const clockFrom = command.clockFrom ?? null;
  return {
    type: 'opened',
    dossier: {
      id: command.id,
      no: command.no,
      listType: list.key,
      listName: list.name,
      serious: list.serious,
      rulesVersion: list.version,
      subject: command.subject,
      department: command.department.id,
      conductKind: command.conductKind,
      records: command.records.map(({ subjectId: _, ...record }) => record),
      openedOn: command.today,
      handlers: [command.by.id],
      clockFrom,
      decisionDue: decisionDueFrom(rules, { clockFrom, noticedOn: null, penaltyOn: penaltyDay(command) }),
      overdue: [],
    },
    by: command.by,
  };
}

/** 谁认定、谁负责: the units of the list at the levels that it names. */
function checkCompetence({ department }: OpenCase, { list }: Rules): void {
  const ofTheLine = list.deciders.units.some(
    (unit) => department.id === unit || sameLine(department.id, unit),
  );
  if (!ofTheLine || !list.deciders.levels.includes(department.level)) {
    throw listingRefusals.refusal('listing.department-not-competent', {
      department: department.id,
      deciders: list.deciders.units.join(', '),
      listName: list.name,
      listType: list.key,
    });
  }
}

/** `hlj.city.230100.market-regulation` is of the line of `hlj.market-regulation`. */
function sameLine(local: string, provincial: string): boolean {
  const slug = provincial.split('.').at(-1);
  return /^hlj\.city\.\d{6}\.[a-z-]+$/.test(local) && local.split('.').at(-1) === slug;
}

function checkSubject({ subject, bornOn, today }: OpenCase, { list }: Rules): void {
  const names = { listName: list.name, listType: list.key };
  if (!list.subjectKinds.includes(subject.kind)) {
    const kindZh = SUBJECT_KIND_NAMES[subject.kind].zh;
    throw listingRefusals.refusal(
      'listing.subject-kind-excluded',
      { ...names, kind: subject.kind, kindZh },
      'subjectId',
    );
  }
  if (subject.kind !== 'natural-person' || !list.minorsExcluded) return;
  if (bornOn === undefined) throw listingRefusals.refusal('listing.age-unknown', {}, 'bornOn');
  // Of age from the birthday on (the day itself counts: 民法典 art. 17 with art. 1259).
  if (addYears(bornOn, ADULT_YEARS) > today) throw listingRefusals.refusal('listing.minor', names);
}

function checkRecords({ records, subject }: OpenCase): void {
  if (records.length === 0) throw listingRefusals.refusal('listing.record-missing', {}, 'recordIds');
  for (const record of records) {
    if (record.subjectId !== subject.id) {
      throw listingRefusals.refusal('listing.record-of-other-subject', { recordId: record.id }, 'recordIds');
    }
    if (record.withdrawn) {
      throw listingRefusals.refusal(
        'listing.record-withdrawn',
        { documentNo: record.documentNo },
        'recordIds',
      );
    }
  }
}
