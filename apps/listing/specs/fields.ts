import type { SubjectKind } from '#kernel';
import type { FieldShape, GivenField } from '../src/domain/procedure/case-field.js';
import { fieldsAsked } from '../src/domain/procedure/case-fields.js';
import type { ListRules } from '../src/domain/rules/rules.js';

/** What the court list asks for of an organisation (法释〔2017〕7号 art. 6), of a fictitious enforcement. */
export const underEnforcement: GivenField[] = [
  { code: 'responsible', value: '李示例' },
  { code: 'duty', value: '支付货款100000元（虚构）' },
  { code: 'performance', value: '全部未履行' },
  { code: 'basis-unit', value: '某区人民法院（虚构）' },
  { code: 'basis-number', value: '（虚构）（2024）黑01民初1号' },
  { code: 'enforcement-number', value: '（虚构）（2024）黑01执12号' },
  { code: 'filed-on', value: '2024-11-20' },
];

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
