import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { loadSeeds } from '#seeds';
import { lettersOf } from '../../specs/letters.js';
import {
  acceptance,
  approval,
  decision,
  defence,
  enterprise,
  granting,
  inForce,
  notice,
  type Opening,
  penalty,
  person,
  removalDecision,
  request,
  REQUEST,
  review,
  rulesOn,
  Story,
  suspensionRequest,
  verification,
} from '../../specs/story.js';
import { mediaTypeOf } from '../files/attachment.js';
import type { Command } from '../domain/case/commands.js';
import type { Letter } from './letter.js';
import { renderPdf } from './pdf.js';

const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  clockFrom: '2025-02-28',
};
/** Decided under the templates of 2026-11-28, with the day of publication still in the calendar of 2026. */
const november: Opening = { ...wage, openedOn: '2026-11-20', clockFrom: '2026-11-19' };
const decemberDays = { decidedOn: '2026-12-01', servedOn: '2026-12-02' };
const UNIT = '黑龙江省人力资源和社会保障厅';
const listed = () =>
  inForce(wage, { decidedOn: '2025-03-12', servedOn: '2025-03-14', publishedOn: '2025-03-18' });
const textOf = (letter: Letter) => letter.blocks.map(({ text }) => text).join('\n');
const headings = (letter: Letter) =>
  letter.blocks.filter(({ style }) => style === 'heading').map(({ text }) => text);

describe('the letters of a case', () => {
  it('give notice of reasons, basis and rights, with the last day of the defence', () => {
    const letter = lettersOf(new Story(wage).does('handler', notice('2025-03-03')), UNIT).get('notice')!;
    expect(letter).toMatchObject({
      title: '拟列入拖欠农民工工资失信联合惩戒对象名单告知书',
      no: '（虚构）列入告知〔2024〕1号',
      signedBy: UNIT,
      signedOn: '2025年3月3日',
      template: { id: 'notice', version: 1 },
    });
    expect(textOf(letter)).toContain('自收到本告知书之日起5个工作日内（至2025年3月10日止）');
    expect(textOf(letter)).toContain(
      '《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第五条、第七条、第十三条至第十六条',
    );
    // Order 45 art. 7: corrected and promised, may be spared.
    expect(textOf(letter)).toContain('已经改正并书面承诺不再发生同类行为的，可以不予列入');
    expect(textOf(letter)).toContain('国家失信惩戒措施清单规定的范围内实施惩戒');
  });

  it('name the right to a hearing and its last day where the list has one, and nowhere else', () => {
    const samr = new Story({
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2026-12-01',
      department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
    }).does('handler', notice('2026-12-01'));
    const letter = lettersOf(samr, UNIT).get('notice')!;
    expect(letter.template).toEqual({ id: 'notice', version: 3 });
    expect(textOf(letter)).toContain('你单位有权要求听证，应当在2026年12月8日（含当日）前提出。');
    const wages = lettersOf(
      new Story({ ...wage, openedOn: '2026-12-01' }).does('handler', notice('2026-12-01')),
      UNIT,
    );
    expect(wages.get('notice')).toMatchObject({ template: { id: 'notice', version: 3 } });
    expect(textOf(wages.get('notice')!)).not.toContain('听证');
  });

  it('state in a decision the five parts of the ordinance art. 28', () => {
    const letter = lettersOf(listed(), UNIT).get('decision')!;
    expect(headings(letter)).toEqual([
      '一、列入事由',
      '二、列入依据',
      '三、决定内容和列入期限',
      '四、移出条件',
      '五、救济途径',
    ]);
    const text = textOf(letter);
    expect(text).toContain('违法行为情节严重');
    expect(text).toContain('《保障农民工工资支付条例》第四十八条');
    expect(text).toContain('列入期限为3年，自作出本决定之日起计算，期满移出。');
    expect(text).toContain('提前移出：自改正之日（列入期间）起满6个月');
    expect(text).toContain('六十日内向黑龙江省人民政府申请行政复议');
    expect(text).toContain('你单位逾期未陈述、申辩，复核照常进行。');
  });

  it('tell in a decision of the discipline that it brings, and that an entry which is not published is not', () => {
    expect(textOf(lettersOf(listed(), UNIT).get('decision')!)).toContain(
      '列入期间，有关部门将在法律、行政法规和国家失信惩戒措施清单规定的范围内对你（单位）实施失信惩戒；列入信息依法公示。',
    );
    const police: Opening = {
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      openedOn: '2025-03-03',
      department: { id: 'hlj.public-security', level: 'province' },
    };
    const found = inForce(police, { decidedOn: '2025-03-12', servedOn: '2025-03-14' });
    expect(textOf(lettersOf(found, UNIT).get('decision')!)).toContain(
      '列入期间，有关部门将在法律、行政法规和国家失信惩戒措施清单规定的范围内对你（单位）采取措施；列入信息不公示。',
    );
  });

  it('name the fields of discipline where the text of the list announces them', () => {
    const noticed = new Story({ ...wage, openedOn: '2026-12-01' }).does('handler', notice('2026-12-01'));
    const letters = lettersOf(inForce(november, decemberDays), UNIT);
    const fields =
      '失信惩戒措施提示：在政府资金支持、政府采购、招投标、融资贷款、市场准入、税收优惠、评优评先、交通出行等方面依法依规予以限制（《保障农民工工资支付条例》第四十八条）。';
    expect(textOf(lettersOf(noticed, UNIT).get('notice')!)).toContain(fields);
    expect(textOf(letters.get('decision')!)).toContain(fields);
  });

  it('state beside the conditions of removal its procedure (order 44 art. 13)', () => {
    const decided = (of: Opening, days = { decidedOn: '2026-12-10', servedOn: '2026-12-11' }) =>
      lettersOf(inForce(of, days), UNIT).get('decision')!;
    const wages = decided(november, decemberDays);
    expect(wages.template).toEqual({ id: 'decision', version: 3 });
    expect(headings(wages)[3]).toBe('四、移出条件和程序');
    expect(textOf(wages)).toContain('可以向本机关提出申请，并提交已经改正、履行义务的证明材料');
    expect(textOf(wages)).toContain('自收到申请之日起15个工作日内作出决定。');
    const telecom = decided({
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      openedOn: '2026-12-01',
      department: { id: 'hlj.public-security', level: 'province' },
    });
    expect(textOf(telecom)).toContain('本名单不设提前移出；符合移出条件的，由本机关依法移出。');
  });

  it('tell a taxpayer what will be published and of the grade D, before and in the decision (order 54 art. 8, 10)', () => {
    const tax: Opening = {
      list: 'TAX',
      conductKind: 'tax.rebate-fraud',
      openedOn: '2026-12-01',
      clockFrom: '2026-11-16',
      department: { id: 'hlj.tax', level: 'province' },
    };
    const letters = lettersOf(inForce(tax, { decidedOn: '2026-12-10', servedOn: '2026-12-11' }), UNIT);
    const [before, decided] = [letters.get('notice')!, letters.get('decision')!];
    expect([before.template.id, decided.template.id]).toEqual(['notice.tax', 'decision.tax']);
    expect(textOf(before)).toContain('拟向社会公布的信息：基本情况、主要税收违法事实、');
    expect(textOf(before)).toContain('纳税信用级别拟判为D级');
    expect(textOf(decided)).toContain('将向社会公布的信息：基本情况、主要税收违法事实、');
    expect(textOf(decided)).toContain('纳税信用级别判为D级，适用D级纳税人管理措施。');
    // Art. 10 (1), 12: the address, and who bears the act.
    expect(textOf(decided)).toContain('注册地址：注册地址（虚构）');
    expect(textOf(decided)).toContain('责任人身份证件号码：');
    expect(textOf(decided)).not.toContain('E00000000');
    expect(textOf(decided)).toContain('实施失信惩戒');
  });

  it('tell the gravely dishonest of customs of removal and remedies already in the notice (order 282 art. 27)', () => {
    const noticed = (conductKind: string) =>
      lettersOf(
        new Story({
          list: 'CUSTOMS',
          conductKind,
          openedOn: '2026-12-01',
          department: { id: 'hlj.customs', level: 'province' },
        }).does('handler', notice('2026-12-01')),
        '某海关',
      ).get('notice')!;
    expect(headings(noticed('customs.serious')).at(-1)).toBe('五、移出条件、移出程序和救济措施');
    expect(textOf(noticed('customs.serious'))).toContain('满一年的，可以书面申请调整信用等级');
    expect(headings(noticed('customs.tax-unpaid')).at(-1)).toBe('四、列入的后果');
  });

  describe('as they are set since 2026-11-29', () => {
    const decided = (of: Partial<Opening>) =>
      lettersOf(inForce({ ...november, ...of }, decemberDays), UNIT).get('decision')!;

    it('count bases and conditions, and name many records in one sentence', () => {
      const records = Array.from({ length: 30 }, (_, index) => ({
        ...penalty,
        id: `0192f0c4-6c00-7000-8000-0000000001${String(index).padStart(2, '0')}`,
        documentNo: `（虚构）罚〔2026〕${index + 1}号`,
      }));
      const letter = decided({ records });
      const lines = letter.blocks.map(({ text }) => text);
      expect(lines).toContain('（一）《保障农民工工资支付条例》第四十八条；');
      expect(lines).toContain('（一）列入期限届满；');
      expect(lines.find((line) => line.startsWith('（二）提前移出'))).toMatch(
        /^（二）提前移出：自改正之日（列入期间）起满6个月，并具备下列条件：.+、.+。$/,
      );
      expect(lines.filter((line) => line.startsWith('有关文书'))).toEqual([
        expect.stringMatching(
          /^有关文书：（虚构）罚〔2026〕1号（2024年9月20日）、.+30号（2024年9月20日）。$/,
        ),
      ]);
    });

    it('address a person as 你 and anybody else as 你单位, and end every sentence', () => {
      const [ofPerson, ofUnit] = [decided({ subject: person, bornOn: '1980-05-05' }), decided({})];
      expect(textOf(ofPerson)).toContain('本机关决定将你列入');
      expect(textOf(ofUnit)).toContain('本机关决定将你单位列入');
      for (const letter of [ofPerson, ofUnit]) {
        expect(textOf(letter)).not.toContain('（单位）');
        for (const { style, text } of letter.blocks)
          if (style === 'text' && !/^(当事人|统一社会信用代码)：/.test(text))
            expect(text).toMatch(/[。：；]$/);
      }
    });

    it('quote within a quotation by the other marks', () => {
      const soil = new Story({
        list: 'SOIL',
        conductKind: rulesOn('SOIL', '2022-05-21', '2026-12-01').list.conductKinds[0]!.code,
        openedOn: '2026-12-01',
        department: { id: 'hlj.water-resources', level: 'province' },
      }).does('handler', notice('2026-12-01', '2026-12-08'));
      expect(textOf(lettersOf(soil, UNIT).get('notice')!)).toContain(
        '属于“列入水土保持‘重点关注名单’”的情形',
      );
    });

    it('leave out of the name of a list what is said of the law behind it', () => {
      const [conduct] = rulesOn('HOUSE', '2012-07-15', '2026-12-01').list.conductKinds;
      const housing = new Story({
        list: 'HOUSE',
        conductKind: conduct!.code,
        openedOn: '2026-12-01',
        department: { id: 'hlj.housing', level: 'province' },
        subject: person,
        bornOn: '1980-05-05',
      }).does('handler', notice('2026-12-01', '2026-12-08'));
      expect(lettersOf(housing, UNIT).get('notice')!.title).toBe('拟列入骗取保障性住房告知书');
    });
  });

  it('say of a defence that it was stated and reviewed', () => {
    const story = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-05')
      .does('party', defence);
    story.on('2025-03-12').does('reviewer', review()).does('approver', approval).does('handler', decision);
    const text = textOf(lettersOf(story, UNIT).get('decision')!);
    expect(text).toContain('你单位于2025年3月5日陈述、申辩，已经复核。');
  });

  it('bring the repair notice with the decision (两书同达)', () => {
    const letter = lettersOf(listed(), UNIT).get('repair-notice')!;
    expect(textOf(letter)).toContain(
      '《列入拖欠农民工工资失信联合惩戒对象名单决定书》（（虚构）列入决定〔2024〕1号）',
    );
    expect(textOf(letter)).toContain('自收到申请之日起15个工作日内作出决定。');
  });

  it('answer a request for removal either way', () => {
    const asked = () =>
      listed().on('2025-10-20').does('party', request('2025-04-01')).does('handler', acceptance());
    const verified = asked();
    verified.does('handler', verification(verified)).does('approver', removalDecision());
    const granted = lettersOf(verified, UNIT);
    expect(granted.get('removal-decision')!.title).toBe('移出拖欠农民工工资失信联合惩戒对象名单决定书');
    expect(textOf(granted.get('removal-decision')!)).toContain('你（单位）于2025年10月20日提出移出申请');
    const refused = lettersOf(asked().does('approver', removalDecision(false)), UNIT);
    expect(refused.has('removal-decision')).toBe(false);
    expect(textOf(refused.get('removal-refusal')!)).toContain('决定不予移出');
  });

  describe('since 信用中国 has a clock of its own (order 36 art. 12)', () => {
    const days = { ...decemberDays, publishedOn: '2026-12-03' };

    it('say so in the repair notice, and no longer that everything stops together', () => {
      const letter = lettersOf(inForce(november, days), UNIT).get('repair-notice')!;
      expect(letter.template).toEqual({ id: 'repair-notice', version: 3 });
      expect(textOf(letter)).toContain(
        '“信用中国”的公示期另行计算：自2027年12月2日起可以单独申请终止公示，最迟于2029年12月1日届满',
      );
      expect(textOf(letter)).not.toContain('公示和共享同时停止');
    });

    it('say nothing of it to a person, who is not shown there', () => {
      const of = { ...november, subject: person, bornOn: '1980-05-05' };
      expect(textOf(lettersOf(inForce(of, days), UNIT).get('repair-notice')!)).not.toContain('信用中国');
    });

    it('tell who waits for a cure that it may ask, and by when it is answered', () => {
      const abnormal: Opening = {
        list: 'SAMRABN',
        conductKind: 'samrabn.annual-report',
        openedOn: '2026-12-01',
        department: { id: 'hlj.market-regulation', level: 'province' },
      };
      const letters = lettersOf(inForce(abnormal, { decidedOn: '2026-12-10', servedOn: '2026-12-11' }), UNIT);
      const text = textOf(letters.get('repair-notice')!);
      expect(text).toContain('符合移出条件的，可以向本机关提出移出申请');
      expect(text).toContain('自收到申请之日起2个工作日内作出决定。');
      expect(text).not.toContain('本名单不设提前移出');
    });
  });

  /** A wage entry of spring 2026, under order 36. */
  const spring = () =>
    inForce(
      { ...wage, openedOn: '2026-04-07', clockFrom: '2026-04-03' },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );

  it('tell what follows when a repair is found false', () => {
    const story = spring().on('2026-11-06').does('party', request('2026-05-05'));
    granting(story).on('2026-12-01').does('otherApprover', {
      type: 'false-application',
      requestId: REQUEST,
      cause: 'false-material',
      reasons: '缴款凭证系伪造（虚构）',
    });
    const letter = lettersOf(story, UNIT).get('false-application')!;
    expect(letter).toMatchObject({ title: '虚假修复认定决定书', signedOn: '2026年12月1日' });
    const text = textOf(letter);
    expect(text).toContain('并于2026年11月6日准予修复');
    expect(text).toContain('恢复列入拖欠农民工工资失信联合惩戒对象名单');
    expect(text).toContain('恢复后的列入期限至2029年12月1日止。');
    expect(text).toContain('至2029年12月1日（含当日）不得再次申请修复。');
    expect(text).toContain('“信用中国”公示该失信信息至2029年12月1日');
    expect(text).toContain('六十日内向黑龙江省人民政府申请行政复议');
  });

  it('end for good what a bankruptcy plan had lifted', () => {
    const story = spring().on('2026-05-06').does('party', suspensionRequest('2026-04-30'));
    granting(story).on('2026-11-10').does('approver', {
      type: 'plan-completion',
      documentNo: '（虚构）之三',
      reasons: '执行完毕',
    });
    const text = textOf(lettersOf(story, UNIT).get('final-repair')!);
    expect(text).toContain('已于2026年5月6日暂时解除列入的效果');
    expect(text).toContain('自2026年11月10日起将你（单位）移出');
  });

  it('answer an objection, with what is open against the answer', () => {
    const settled = (outcome: 'upheld' | 'rejected'): Command => ({
      type: 'settle-objection',
      objectionId: 'o1',
      about: 'listing',
      outcome,
      corrected: {},
      reasons: '经复核,工资已在限期内付清（虚构）',
      remedies: '对本决定不服的,可以申请复议（虚构）',
      reopened: null,
    });
    const rejected = lettersOf(spring().on('2026-06-03').does('platform', settled('rejected')), UNIT);
    expect(textOf(rejected.get('objection-decision')!)).toContain('异议不成立。列入决定继续有效。');
    expect(rejected.has('revocation')).toBe(false);
    const upheld = lettersOf(spring().on('2026-06-03').does('platform', settled('upheld')), UNIT);
    const text = textOf(upheld.get('objection-decision')!);
    expect(text).toContain('异议成立。该列入信息不再公示、共享和使用');
    expect(text).toContain('可以申请复议（虚构）。');
    expect(upheld.has('revocation')).toBe(true);
  });

  it('rest the answer to an objection on the rule of the list, or on the ordinance', () => {
    const of = (opening: Opening) => {
      const story = inForce(opening, decemberDays).on('2026-12-03');
      story.does('platform', {
        type: 'settle-objection',
        objectionId: 'o1',
        about: 'listing',
        outcome: 'rejected',
        corrected: {},
        reasons: '事实清楚（虚构）',
        remedies: '见决定书',
        reopened: null,
      });
      return textOf(lettersOf(story, UNIT).get('objection-decision')!);
    };
    expect(of(november)).toContain('《黑龙江省社会信用条例》第三十五条、第三十九条。');
    const court = { list: 'COURT', conductKind: 'court.obstruction', openedOn: '2026-11-20' } as const;
    const ofCourt = of({ ...court, department: { id: 'hlj.court', level: 'province' } });
    expect(ofCourt).toContain(
      '《最高人民法院关于公布失信被执行人名单信息的若干规定》第九条、第十一条、第十二条',
    );
    expect(ofCourt).not.toContain('社会信用条例');
  });

  it('rest the answer to an objection on the rule of the day on which it was received, whatever came since', () => {
    const court = { list: 'COURT', conductKind: 'court.obstruction', openedOn: '2026-11-20' } as const;
    const department = { id: 'hlj.court', level: 'province' } as const;
    const [old] = loadSeeds('objection-rules').filter(({ list }) => list === 'COURT');
    const changed = [
      { ...old!, validTo: '2026-12-02' },
      { ...old!, validFrom: '2026-12-03', basis: [{ instrument: '新规定（虚构）', article: '3' }] },
    ];
    const basis = (outcome: 'rejected' | 'not-accepted', receivedOn?: string) => {
      const story = inForce({ ...court, department }, decemberDays).on('2026-12-03');
      story.does('platform', {
        ...{ type: 'settle-objection', objectionId: 'o1', about: 'listing', outcome, corrected: {} },
        ...{ reasons: '事实清楚（虚构）', remedies: '见决定书', reopened: null },
        ...(receivedOn ? { receivedOn } : {}),
      });
      const kind = outcome === 'rejected' ? 'objection-decision' : 'objection-not-accepted';
      return textOf(lettersOf(story, UNIT, changed).get(kind)!);
    };
    for (const outcome of ['rejected', 'not-accepted'] as const) {
      expect(basis(outcome, '2026-12-02')).toContain('第九条、第十一条、第十二条');
      expect(basis(outcome, '2026-12-02')).not.toContain('新规定（虚构）');
      expect(basis(outcome, '2026-12-03')).toContain('《新规定（虚构）》第三条');
    }
    // Kept before the day of receipt was kept with the answer.
    expect(basis('rejected')).toContain('《新规定（虚构）》第三条');
  });

  it('are signed by the court above where it decides on a review', () => {
    const reviewed = (outcome: 'upheld' | 'rejected'): Command => ({
      ...{ type: 'settle-objection', objectionId: 'o2', about: 'listing', outcome, corrected: {} },
      ...{ reasons: '申请人已经提供充分有效担保（虚构）', remedies: '没有规定再次申请复议', reopened: null },
      review: { unit: 'hlj.court', no: '（2026）黑执复1号（虚构）', rejectionServedOn: '2026-06-02' },
    });
    const by = (outcome: 'upheld' | 'rejected') =>
      lettersOf(spring().on('2026-06-16').does('platform', reviewed(outcome)), UNIT).get('review-decision')!;
    const letter = by('upheld');
    expect(letter).toMatchObject({
      title: '复议决定书',
      no: '（2026）黑执复1号（虚构）',
      signedBy: 'hlj.court',
      signedOn: '2026年6月16日',
    });
    expect(textOf(letter)).toContain(`向${UNIT}申请纠正`);
    expect(textOf(letter)).toContain('不服其驳回决定（2026年6月2日送达）');
    expect(textOf(letter)).toContain('复议理由成立，撤销驳回纠正申请的决定。该列入信息不再公示');
    expect(textOf(by('rejected'))).toContain(
      '复议理由不成立，驳回复议申请，维持驳回纠正申请的决定。列入决定继续有效。',
    );
  });

  it('refuse to take up an objection, end a review, or name material, each in writing with its reason', () => {
    const about = { objectionId: 'o1', about: 'listing' } as const;
    const settled = (outcome: 'not-accepted' | 'terminated', reasons: string): Command => ({
      ...{ ...about, type: 'settle-objection', outcome, corrected: {}, reasons, reopened: null },
      ...(outcome === 'not-accepted' ? { remedies: '可以申请行政复议（虚构）' } : {}),
    });
    const of = (command: Command) => lettersOf(spring().on('2026-06-03').does('platform', command), UNIT);
    const refused = textOf(of(settled('not-accepted', '逾期提出（虚构）')).get('objection-not-accepted')!);
    expect(refused).toContain('决定不予受理');
    expect(refused).toContain('逾期提出（虚构）。');
    expect(refused).toContain('可以申请行政复议（虚构）。');
    const ended = textOf(
      of(settled('terminated', '当事人提起行政诉讼,视为撤回')).get('objection-terminated')!,
    );
    expect(ended).toContain('当事人提起行政诉讼，视为撤回。');
    expect(ended).toContain('终止复查');
    const named = of({ ...about, type: 'tell-material', text: '银行流水（虚构）' }).get(
      'objection-material',
    )!;
    expect(textOf(named)).toContain('还需要提供以下材料');
    expect(textOf(named)).toContain('银行流水（虚构）。');
  });

  it('certify the end when it is closed, and only a revocation decides before that', () => {
    const story = listed().on('2025-06-02').does('approver', { type: 'revocation', reason: '认定事实有误' });
    expect(textOf(lettersOf(story, UNIT).get('revocation')!)).toContain('自2025年6月2日起撤销');
    const letters = lettersOf(story.does('platform', { type: 'close', receipts: [] }), UNIT);
    expect(textOf(letters.get('closure-certificate')!)).toContain('核验码：ABCD-EFGH-JKMN-PQRS');
    expect([...letters.keys()]).toEqual([
      'notice',
      'decision',
      'repair-notice',
      'revocation',
      'closure-certificate',
    ]);
  });

  it('certify with the day until which 信用中国 goes on showing an entry that was removed', () => {
    const removed = granting(spring().on('2026-11-06').does('party', request('2026-05-05')));
    const story = removed.on('2026-12-01').does('platform', { type: 'close', receipts: [] });
    const certificate = lettersOf(story, UNIT).get('closure-certificate')!;
    expect(certificate.template).toMatchObject({ version: 3 });
    expect(textOf(certificate)).toContain('自2027年4月22日起可以单独申请终止公示，最迟于2029年4月21日届满');
    const revoked = spring()
      .on('2026-11-06')
      .does('approver', { type: 'revocation', reason: '认定事实有误' });
    const undone = revoked.on('2026-12-01').does('platform', { type: 'close', receipts: [] });
    expect(textOf(lettersOf(undone, UNIT).get('closure-certificate')!)).not.toContain('信用中国');
  });

  it('warn of the court list instead of a notice, in the words of a court', () => {
    const court: Opening = {
      list: 'COURT',
      conductKind: 'court.obstruction',
      openedOn: '2025-03-03',
      department: { id: 'hlj.court', level: 'province' },
      subject: person,
      bornOn: '1980-05-05',
    };
    const letters = lettersOf(
      inForce(court, { decidedOn: '2025-03-12', servedOn: '2025-03-14' }),
      '某人民法院',
    );
    expect(letters.get('notice')).toMatchObject({ template: { id: 'notice.court' } });
    expect(textOf(letters.get('decision')!)).toMatch(/本院决定将你（单位）列入失信被执行人名单/);
    expect(textOf(letters.get('decision')!)).toContain('本决定自作出之日起生效');
    expect(textOf(letters.get('decision')!)).not.toContain('统一社会信用代码');
  });
});

describe('what is written to units and about them (ordinance art. 32)', () => {
  it('tells the addressee by when to answer, orders by a day, and says who answers for it', () => {
    const court: Opening = {
      list: 'COURT',
      conductKind: 'court.able-refuses',
      openedOn: '2025-03-03',
      department: { id: 'hlj.court', level: 'province' },
      subject: { ...enterprise, kind: 'government-body' },
    };
    const story = inForce(court, { decidedOn: '2025-03-10', servedOn: '2025-03-10' });
    story.does('handler', {
      type: 'letter',
      letterId: 'L1',
      letterNo: '（虚构）通报〔2025〕1号',
      to: 'superior',
      unit: 'hlj.finance',
      unitName: '省财政厅',
      text: '该单位未履行生效判决（虚构）',
      answerDue: '2025-04-10',
    });
    story.on('2025-04-14').does('handler', {
      type: 'interview',
      heldOn: '2025-04-14',
      with: '主要负责人',
      minutes: '承诺履行（虚构）',
    });
    const order = { orderNo: '（虚构）责令〔2025〕1号', performBy: '2025-06-30', text: '支付货款（虚构）' };
    story.does('approver', { type: 'performance-order', ...order });
    story.on('2025-07-10').does('approver', {
      type: 'accountability',
      on: '2025-07-10',
      text: '对主要负责人通报批评（虚构）',
      promise: '八月底前履行（虚构）',
    });
    const letters = lettersOf(story, '某人民法院');
    const told = letters.get('oversight-letter')!;
    expect(told).toMatchObject({ no: '（虚构）通报〔2025〕1号', signedOn: '2025年3月10日' });
    expect(textOf(told)).toContain('省财政厅：');
    expect(textOf(told)).toContain('请于2025年4月10日（含当日）前将处理情况书面反馈本院。');
    const ordered = letters.get('performance-order')!;
    expect(ordered).toMatchObject({
      title: '责令限期履行通知书',
      no: order.orderNo,
      signedOn: '2025年4月14日',
    });
    expect(textOf(ordered)).toContain('本院已于2025年4月14日约谈你单位');
    expect(textOf(ordered)).toContain('请于2025年6月30日（含当日）前履行完毕');
    const answered = letters.get('accountability')!;
    expect(answered).toMatchObject({ template: { id: 'accountability', version: 1 } });
    expect(textOf(answered)).toContain('于2025年4月14日责令你单位于2025年6月30日（含当日）前履行');
    expect(textOf(answered)).toContain('八月底前履行（虚构）');
  });
});

describe('a letter as PDF', () => {
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  it('is the same to the byte each time, and its Chinese text can be searched and copied', async () => {
    const letter = lettersOf(listed(), UNIT).get('decision')!;
    const [first, again] = [
      await renderPdf(letter, letter.due.on, 'ab'.repeat(32)),
      await renderPdf(letter, letter.due.on, 'ab'.repeat(32)),
    ];
    expect(sha256(again)).toBe(sha256(first));
    // What the service writes, it takes when it is handed in.
    expect(mediaTypeOf(first)).toBe('application/pdf');
    const other = await renderPdf({ ...letter, no: '（虚构）另一号' }, letter.due.on, 'ab'.repeat(32));
    expect(sha256(other)).not.toBe(sha256(first));

    const pdf = await getDocumentProxy(new Uint8Array(first));
    const { text } = await extractText(pdf, { mergePages: true });
    const flat = text.replace(/\s/g, '');
    for (const { text: words } of letter.blocks) expect(flat).toContain(words.replace(/\s/g, ''));
    for (const words of [letter.title, letter.no, UNIT, '2025年3月12日', '（印章）'])
      expect(flat).toContain(words);
  });
});

describe('forms', () => {
  it('are all unconfirmed: no official template was read', () => {
    expect(loadSeeds('document-templates').every(({ confirmed }) => confirmed === false)).toBe(true);
  });
});
