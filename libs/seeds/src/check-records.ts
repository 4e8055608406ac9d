import type { Findings } from './contradiction.js';
import type { RecordType, SeverityRule } from './record-type.js';
import { severityRuleFor } from './severity.js';
import type { Seeds } from './seed-files.js';

/** Record types, the severity of penalties and the repair rules that publish them. */
export function checkRecords(seeds: Seeds, findings: Findings): void {
  for (const type of seeds['record-types']) checkType(type, findings);
  checkSeverity(seeds, findings);
  const found = findings.in('repair-rules');
  const roles = new Map(seeds['removal-conditions'].map((condition) => [condition.code, condition.role]));
  for (const rule of seeds['repair-rules']) {
    for (const code of rule.conditions.filter((one) => roles.get(one) !== 'condition')) {
      found(rule.id, 'repair.condition-unknown', `${code} is no removal condition.`);
    }
    const rival = seeds['repair-rules'].find(
      (other) => other !== rule && other.sector === rule.sector && overlaps(other, rule),
    );
    if (rival)
      found(rule.id, 'repair.sector-overlap', `${rival.id} governs the same sector at the same time.`);
    for (const kind of rule.kinds) {
      if (kind.published === false && (kind.min !== null || kind.max !== null)) {
        found(rule.id, 'repair.period-unpublished', `${kind.kind} is not published, but has a period.`);
      }
    }
  }
}

function checkType(type: RecordType, findings: Findings): void {
  const finds = (code: string, text: string) =>
    findings.in('record-types')(`${type.id}/${type.version}`, code, text);
  const properties = new Set(Object.keys((type.schema['properties'] ?? {}) as object));
  const fields = new Set(type.fields.map((field) => field.name));
  for (const name of [...fields].filter((one) => !properties.has(one)))
    finds('record.field-without-schema', `${name} has no schema.`);
  for (const name of [...properties].filter((one) => !fields.has(one)))
    finds('record.schema-without-field', `${name} is not described.`);
  const { subject, document, authority } = type;
  const used = [subject.name, subject.category, subject.creditCode, subject.citizenId, document.number];
  used.push(document.date, authority.name, authority.code, type.severityField, ...type.naturalKey.flat());
  for (const name of used.filter((one): one is string => one !== null && !fields.has(one))) {
    finds('record.field-unknown', `${name} plays a part, but is no field.`);
  }
  for (const field of type.fields) {
    const personal = field.kind === 'citizen-id' || field.kind === 'document-number';
    if (personal && field.neverPublic !== true) {
      finds(
        'record.field-public',
        `${field.name} is a document number and must never be public (ordinance art. 23).`,
      );
    }
  }
  if (type.naturalKey.some((group) => group.length === 0) || type.naturalKey.length === 0) {
    finds('record.key-missing', 'Without a natural key the same record cannot be recognised.');
  }
}

function checkSeverity(seeds: Seeds, findings: Findings): void {
  const found = findings.in('severity-rules');
  const types = new Set(seeds['record-types'].map((type) => type.id));
  const repairs = new Set(seeds['repair-rules'].map((rule) => rule.id));
  const rules = seeds['severity-rules'];
  for (const rule of rules) {
    if (!types.has(rule.recordType))
      found(rule.id, 'severity.record-type-unknown', `${rule.recordType} is none.`);
    if (!repairs.has(rule.repairRule))
      found(rule.id, 'severity.repair-rule-unknown', `${rule.repairRule} is none.`);
    const rivals = rules.filter((other) => other !== rule && other.recordType === rule.recordType);
    for (const rival of rivals.filter((other) => overlaps(other, rule))) {
      for (const category of rule.categories.filter((one) => rival.categories.includes(one))) {
        found(rule.id, 'severity.category-twice', `${category} is also judged by ${rival.id}.`);
      }
    }
    const day = rule.validFrom ?? rule.validTo;
    if (day !== null && severityRuleFor(rules, rule.recordType, '—', day) === undefined) {
      found(rule.id, 'severity.fallback-missing', `On ${day} nothing judges a kind that is not named.`);
    }
  }
}

function overlaps(
  a: Pick<SeverityRule, 'validFrom' | 'validTo'>,
  b: Pick<SeverityRule, 'validFrom' | 'validTo'>,
): boolean {
  return (
    (a.validTo === null || b.validFrom === null || b.validFrom <= a.validTo) &&
    (b.validTo === null || a.validFrom === null || a.validFrom <= b.validTo)
  );
}
