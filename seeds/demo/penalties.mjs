import { creditCode, dayAfter, dice } from './codes.mjs';

// prettier-ignore
export const HEADER = [
  'CF_XDR_MC', 'CF_XDR_LB', 'CF_XDR_SHXYM', 'CF_XDR_GSZC', 'CF_XDR_ZZJG', 'CF_XDR_SWDJ', 'CF_XDR_SYDW',
  'CF_XDR_SHZZ', 'CF_FRDB', 'CF_FR_ZJLX', 'CF_FR_ZJHM', 'CF_XDR_ZJLX', 'CF_XDR_ZJHM', 'CF_WSH', 'CF_WFXW',
  'CF_SY', 'CF_YJ', 'CF_CFLB', 'CF_NR', 'CF_NR_FK', 'CF_NR_WFFF', 'CF_NR_ZKDX', 'CF_JDRQ', 'CF_YXQ', 'CF_GSJZQ',
  'CF_CFJG', 'CF_CFJGDM', 'CF_SJLY', 'CF_SJLYDM', 'BZ',
];

/** Rows in the file, wrong ones included. */
export const ROWS = 500;

const BUREAUS = [
  ['哈', '哈尔滨市市场监督管理局', creditCode('11', '230100', 9001)],
  ['齐', '齐齐哈尔市市场监督管理局', creditCode('11', '230200', 9002)],
  ['庆', '大庆市市场监督管理局', creditCode('11', '230600', 9003)],
  ['黑', '黑龙江省市场监督管理局', creditCode('11', '230000', 9000)],
];
const SOURCE = BUREAUS[3];

/**
 * [kind of violation, basis, kind of penalty, highest fine in 10,000 yuan, confiscation]. The basis names the
 * law without an article: these are no model decisions.
 */
const CASES = [
  ['生产经营不符合食品安全标准的食品', '《中华人民共和国食品安全法》', '罚款', 60, true],
  ['未取得食品经营许可从事食品经营', '《中华人民共和国食品安全法》', '没收违法所得、没收非法财物', 12, true],
  ['发布虚假广告', '《中华人民共和国广告法》', '罚款', 40, false],
  ['未明码标价', '《中华人民共和国价格法》', '警告', 0, false],
  ['虚假宣传', '《中华人民共和国反不正当竞争法》', '罚款', 80, false],
  [
    '销售不符合保障人体健康标准的产品',
    '《中华人民共和国产品质量法》',
    '没收违法所得、没收非法财物',
    20,
    true,
  ],
  ['从无证企业购进药品', '《中华人民共和国药品管理法》', '罚款', 30, false],
  ['使用未经检定的计量器具', '《中华人民共和国计量法》', '罚款', 1, false],
  ['出具虚假检验检测报告', '《中华人民共和国认证认可条例》', '暂扣或者吊销许可证、执照', 10, true],
  ['未按规定公示年度报告', '《企业信息公示暂行条例》', '通报批评', 0, false],
  ['特种设备未经检验继续使用', '《中华人民共和国特种设备安全法》', '责令停产停业', 20, false],
];

/** A right row for this subject; `number` makes the document number. */
function row(subject, number, chance) {
  const [violation, basis, kind, highest, confiscation] = chance.pick(CASES);
  const [mark, bureau, bureauCode] = chance.pick(BUREAUS);
  const decided = dayAfter('2023-06-01', chance.number(1240));
  const fine = highest === 0 ? '' : ((1 + chance.number(highest * 100)) / 100).toFixed(2);
  const written = chance.number(10) === 0 ? decided.replaceAll('-', '/') : decided;
  return {
    CF_XDR_MC: subject.name,
    CF_XDR_LB: subject.kind === 'individual-business' ? '个体工商户' : '法人及非法人组织',
    CF_XDR_SHXYM: subject.creditCode,
    CF_FRDB: subject.legalRepresentative,
    CF_WSH: `${mark}市监罚〔${decided.slice(0, 4)}〕${number}号（虚构）`,
    CF_WFXW: violation,
    CF_SY: `当事人于${decided.slice(0, 4)}年经营期间存在${violation}的行为（虚构）`,
    CF_YJ: basis,
    CF_CFLB: kind,
    CF_NR: fine === '' ? kind : `${kind};罚款${fine}万元`,
    CF_NR_FK: fine,
    CF_NR_WFFF: confiscation ? (chance.number(500) / 100).toFixed(2) : '',
    CF_NR_ZKDX: kind.startsWith('暂扣') ? '检验检测机构资质认定证书（虚构）' : '',
    CF_JDRQ: written,
    CF_CFJG: bureau,
    CF_CFJGDM: bureauCode,
    CF_SJLY: SOURCE[1],
    CF_SJLYDM: SOURCE[2],
    BZ: '虚构数据',
  };
}

const otherCheck = (code) => code.slice(0, 17) + (code.at(-1) === '0' ? '1' : '0');
const person = (change) => (right) => ({
  ...right,
  CF_XDR_MC: '钱甲（虚构）',
  CF_XDR_LB: '自然人',
  CF_XDR_SHXYM: '',
  CF_FRDB: '',
  CF_XDR_ZJLX: '身份证',
  ...change,
});
const shop = (change) => (right) => ({ ...right, CF_XDR_LB: '个体工商户', ...change });
const set = (change) => (right) => ({ ...right, ...change });

/** Every wrong row: its one fault, and how it comes out of a right row. */
// prettier-ignore
export const FAULTS = [
  ['CF_XDR_SHXYM', 'record.credit-code-check-character', (right) => ({ ...right, CF_XDR_SHXYM: otherCheck(right.CF_XDR_SHXYM) })],
  ['CF_XDR_SHXYM', 'record.credit-code-check-character', (right) => ({ ...right, CF_XDR_SHXYM: otherCheck(right.CF_XDR_SHXYM) })],
  ['CF_XDR_SHXYM', 'record.credit-code-check-character', (right) => ({ ...right, CF_XDR_SHXYM: otherCheck(right.CF_XDR_SHXYM) })],
  ['CF_CFJGDM', 'record.credit-code-check-character', (right) => ({ ...right, CF_CFJGDM: otherCheck(right.CF_CFJGDM) })],
  ['CF_XDR_SHXYM', 'record.credit-code-alphabet', set({ CF_XDR_SHXYM: '91350100M000100Y4Z' })],
  ['CF_XDR_SHXYM', 'record.credit-code-alphabet', set({ CF_XDR_SHXYM: '9123O100MAXU00019A' })],
  ['CF_XDR_SHXYM', 'record.credit-code-alphabet', (right) => ({ ...right, CF_XDR_SHXYM: right.CF_XDR_SHXYM.toLowerCase() })],
  ['CF_XDR_SHXYM', 'record.credit-code-alphabet', set({ CF_XDR_SHXYM: '９１２３０１００MAXU00019A' })],
  ['CF_XDR_SHXYM', 'record.credit-code-length', (right) => ({ ...right, CF_XDR_SHXYM: right.CF_XDR_SHXYM.slice(0, 17) })],
  ['CF_XDR_SHXYM', 'record.credit-code-length', (right) => ({ ...right, CF_XDR_SHXYM: `${right.CF_XDR_SHXYM}0` })],
  ['CF_XDR_SHXYM', 'record.credit-code-length', set({ CF_XDR_SHXYM: '230100100012345' })],
  ['CF_SJLYDM', 'record.credit-code-length', (right) => ({ ...right, CF_SJLYDM: right.CF_SJLYDM.slice(0, 9) })],
  ['CF_WSH', 'record.field-required', set({ CF_WSH: '' })],
  ['CF_XDR_MC', 'record.field-required', set({ CF_XDR_MC: '' })],
  ['CF_CFLB', 'record.field-required', set({ CF_CFLB: '' })],
  ['CF_JDRQ', 'record.field-required', set({ CF_JDRQ: '' })],
  ['CF_SY', 'record.field-required', set({ CF_SY: '' })],
  ['CF_CFJG', 'record.field-required', set({ CF_CFJG: '' })],
  ['CF_FRDB', 'record.field-required', set({ CF_XDR_LB: '法人及非法人组织', CF_FRDB: '' })],
  ['CF_XDR_SHXYM', 'record.field-required', shop({ CF_XDR_SHXYM: '' })],
  ['CF_XDR_ZJHM', 'record.field-required', person({ CF_XDR_ZJHM: '' })],
  ['CF_JDRQ', 'record.date-in-future', set({ CF_JDRQ: '2099-01-01' })],
  ['CF_JDRQ', 'record.date-in-future', set({ CF_JDRQ: '2098/12/31' })],
  ['CF_JDRQ', 'record.date-in-future', set({ CF_JDRQ: '9999-12-31' })],
  ['CF_JDRQ', 'record.field-format', set({ CF_JDRQ: '2025-02-30' })],
  ['CF_JDRQ', 'record.field-format', set({ CF_JDRQ: '2025年3月5日' })],
  ['CF_JDRQ', 'record.field-format', set({ CF_JDRQ: '20250305' })],
  ['CF_GSJZQ', 'record.field-format', set({ CF_GSJZQ: '2026-13-01' })],
  ['CF_NR_FK', 'record.field-format', set({ CF_NR_FK: '五万元' })],
  ['CF_NR_FK', 'record.field-format', set({ CF_NR_FK: '-3' })],
  ['CF_NR_WFFF', 'record.field-format', set({ CF_NR_WFFF: '1,000.00' })],
  ['CF_XDR_LB', 'record.field-choice', set({ CF_XDR_LB: '公司' })],
  ['CF_XDR_LB', 'record.field-choice', set({ CF_XDR_LB: '企业法人' })],
  ['CF_XDR_MC', 'record.field-too-long', set({ CF_XDR_MC: `${'长'.repeat(200)}（虚构）` })],
  ['CF_WSH', 'record.field-too-long', set({ CF_WSH: `哈市监罚〔2025〕${'9'.repeat(120)}号（虚构）` })],
  ['CF_FRDB', 'record.field-too-long', set({ CF_FRDB: `${'长'.repeat(50)}（虚构）` })],
  ['CF_NR_ZKDX', 'record.field-too-long', set({ CF_NR_ZKDX: '证'.repeat(201) })],
  ['CF_XDR_ZJHM', 'record.citizen-id-invalid', person({ CF_XDR_ZJHM: '230199199001010005' })],
  ['CF_XDR_ZJHM', 'record.citizen-id-invalid', person({ CF_XDR_ZJHM: '230199199002300013' })],
  ['CF_XDR_ZJHM', 'record.citizen-id-invalid', person({ CF_XDR_ZJHM: '23019919900101000' })],
];

/** Rows that repeat an earlier one: with the same content an answered duplicate, with another a conflict. */
const REPEATS = [
  ['record.duplicate', set({})],
  ['record.duplicate', set({})],
  ['record.duplicate', set({})],
  ['record.conflicting-duplicate', set({ CF_NR_FK: '99.99', CF_NR: '罚款;罚款99.99万元' })],
  ['record.conflicting-duplicate', set({ CF_SY: '同一文书号下的另一事实（虚构）' })],
];

/** The rows of the file in order, and what must be answered for the lines that are not taken as new. */
export function demoPenalties(subjects) {
  const chance = dice(1784);
  const parties = subjects.filter(({ kind }) =>
    ['enterprise', 'individual-business', 'social-organisation', 'other-organisation'].includes(kind),
  );
  const rows = [];
  const lines = [];
  const faultAt = new Map(FAULTS.map((fault, index) => [7 + index * 11, fault]));
  const repeatAt = new Map(REPEATS.map((repeat, index) => [460 + index * 8, [...repeat, 101 + index * 50]]));
  for (let index = 0; index < ROWS; index += 1) {
    const line = index + 2; // the header is line 1
    const right = row(chance.pick(parties), 1001 + index, chance);
    const fault = faultAt.get(index);
    const repeat = repeatAt.get(index);
    if (fault) {
      const [field, code, change] = fault;
      rows.push(change(right));
      lines.push({ line, outcome: 'refused', field, code });
    } else if (repeat) {
      const [code, change, of] = repeat;
      rows.push(change(rows[of]));
      const outcome = code === 'record.duplicate' ? 'duplicate' : 'refused';
      lines.push({ line, outcome, field: 'CF_WSH', code, repeats: of + 2 });
    } else {
      rows.push(right);
    }
  }
  return { rows, lines };
}
