import type { LetterTo, PublicStanding } from '../oversight/oversight.js';
import type { Capacity, UnitLevel } from '../rules/rules.js';

/* How Chinese texts call what the procedure names by a word of the code. */

export const CAPACITY_ZH: Readonly<Record<Capacity, string>> = {
  'legal-representative': '法定代表人',
  'main-responsible-person': '主要负责人',
  'directly-responsible-manager': '直接负责的主管人员',
  'other-directly-responsible': '其他直接责任人员',
  'actual-responsible-person': '实际责任人',
  'responsible-manager': '负有责任的主管人员',
};

/** What shows that a person is bound. */
export const EVIDENCE_ZH = {
  judgment: '生效裁判文书',
  law: '法律的规定',
  'own-part': '其参与违法行为的认定',
} as const;

export const STANDING_ZH: Readonly<Record<PublicStanding, string>> = {
  'state-organ': '国家机关',
  'state-owned': '国有单位',
  staff: '国家机关、国有单位工作人员',
};

export const LETTER_TO_ZH: Readonly<Record<LetterTo, string>> = {
  superior: '上级机关',
  owner: '出资人',
  audit: '审计机关',
  unit: '所在单位',
  'discipline-inspection': '纪检监察机关',
  personnel: '组织人事部门',
};

export const LEVEL_ZH: Readonly<Record<UnitLevel, string>> = { county: '县', city: '市', province: '省' };
