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
  inForce,
  notice,
  type Opening,
  person,
  removalDecision,
  request,
  review,
  Story,
  verification,
} from '../../specs/story.js';
import { basisInWords, wide } from './chinese.js';
import type { Letter } from './letter.js';
import { renderPdf } from './pdf.js';

const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  clockFrom: '2025-02-28',
};
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
    expect(textOf(letter)).toContain('《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》第5、7、13至16条');
    // Order 45 art. 7: corrected and promised, may be spared.
    expect(textOf(letter)).toContain('已经改正并书面承诺不再发生同类行为的，可以不予列入');
  });

  it('name the right to a hearing and its last day where the list has one, and nowhere else', () => {
    const samr = new Story({
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2026-12-01',
      department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
    }).does('handler', notice('2026-12-01'));
    const letter = lettersOf(samr, UNIT).get('notice')!;
    expect(letter.template).toEqual({ id: 'notice', version: 2 });
    expect(textOf(letter)).toContain(
      '你（单位）有权要求听证，应当自收到本告知书之日起5个工作日内（至2026年12月8日止）提出。',
    );
    const wages = lettersOf(
      new Story({ ...wage, openedOn: '2026-12-01' }).does('handler', notice('2026-12-01')),
      UNIT,
    );
    expect(wages.get('notice')).toMatchObject({ template: { id: 'notice', version: 2 } });
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
    expect(text).toContain('《保障农民工工资支付条例》第48条');
    expect(text).toContain('列入期限为3年，自作出本决定之日起计算，期满移出。');
    expect(text).toContain('提前移出：自改正之日（列入期间）起满6个月');
    expect(text).toContain('六十日内申请行政复议');
    expect(text).toContain('你（单位）逾期未陈述、申辩，复核照常进行。');
  });

  it('say of a defence that it was stated and reviewed', () => {
    const story = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-05')
      .does('party', defence);
    story.on('2025-03-12').does('reviewer', review()).does('approver', approval).does('handler', decision);
    const text = textOf(lettersOf(story, UNIT).get('decision')!);
    expect(text).toContain('你（单位）于2025年3月5日陈述、申辩，已经复核。');
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

describe('Chinese in letters', () => {
  it('sets punctuation wide beside Chinese characters and leaves numbers alone', () => {
    expect(wide('自收到之日起六十日内,依法(第二十条)申请')).toBe(
      '自收到之日起六十日内，依法（第二十条）申请',
    );
    expect(wide('罚款520,000元,限3:1')).toBe('罚款520,000元，限3:1');
  });

  it('names runs of articles, and invents no kind of part', () => {
    expect(basisInWords({ instrument: '民法典', article: '201-203' })).toBe('《民法典》第201至203条');
    expect(basisInWords({ instrument: '某办法', number: '第1号', article: '14(2)' })).toBe(
      '《某办法》（第1号）第14(2)条',
    );
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
