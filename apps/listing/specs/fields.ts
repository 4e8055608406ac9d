import type { SubjectKind } from '#kernel';
import type { FieldShape, GivenField } from '../src/domain/procedure/case-field.js';
import { fieldsAsked } from '../src/domain/procedure/case-fields.js';
import type { ListRules } from '../src/domain/rules/rules.js';

const VALUES: Readonly<Record<FieldShape, string>> = {
  text: '（虚构）',
  date: '2024-01-15',
  'person-name': '李示例',
  sex: 'female',
  age: '44',
  'identity-number': 'E00000000',
};

/** All that a list asks for beside the reasons, of a fictitious subject. */
export function fictitiousFields(list: Pick<ListRules, 'fields'>, kind: SubjectKind): GivenField[] {
  return fieldsAsked(list, { subject: { kind } }).map(({ code, shape, zh }) => ({
    code,
    value: shape === 'text' ? `${zh}${VALUES.text}` : VALUES[shape],
  }));
}
