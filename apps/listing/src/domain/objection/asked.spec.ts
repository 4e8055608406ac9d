import { describe, expect, test } from '@jest/globals';
import { citizenIdCheckCharacter, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { fictitiousFields } from '../../../specs/fields.js';
import { refused } from '../../../specs/refused.js';
import { inForce, people, person, type Story } from '../../../specs/story.js';
import { entryObjected, settlingOf } from '../../commands/entry-objected.js';
import { dueDocuments } from '../../documents/due-documents.js';
import type { GivenField } from '../procedure/case-field.js';
import { askedOfEntry, checkedDecision } from './asked.js';
import type { ObjectionAbout } from './about.js';
import { decideObjection, type ObjectionCommand } from './decide.js';
import { evolveObjection } from './evolve.js';
import { fileObjection } from './filing.js';
import type { DecidedObjection, Objection } from './objection.js';
import { objectionRulesFrom } from './rules.js';

/* What a party on the tax list says is wrong in its entry (order 54 art. 12), answered field by field. Fictitious. */

const rules = objectionRulesFrom(
  loadSeeds('ordinance-clocks'),
  loadSeeds('repair-rules').find((rule) => rule.id === 'ndrc-36')!.clocks,
  workingCalendar(loadSeeds('calendars')),
);
const today = '2026-06-01';
const idOf = (number: string) => `${number}${citizenIdCheckCharacter(number)}`;
const [hers, his] = [idOf('23010019800505102'), idOf('23010019800505101')];
const masked = (number: string) => `230***********${number.slice(-4)}`;

const opening = { list: 'TAX', conductKind: 'tax.evasion', openedOn: '2026-04-07' } as const;
const department = { id: 'hlj.tax', level: 'province' } as const;
const days = { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' };
/** A natural person, who was entered as a woman with her number. */
const listed = (): Story =>
  inForce({ ...opening, department, subject: person, bornOn: '1980-05-05' }, days, {
    fields: [
      { code: 'sex', value: 'female' },
      { code: 'identity-number', value: hers },
    ],
  }).on(today);

type Asked = Parameters<typeof askedOfEntry>[0];
function filed(story: Story, asked: Asked, about: ObjectionAbout = 'content'): Objection {
  const filing = {
    ...{ id: 'o1', about, repairId: null, statement: '记载有误（虚构）', materials: [], receivedOn: today },
    ...{ channel: 'department' as const, authorisation: null },
    asked: askedOfEntry(asked, about, story.rules, story.state, today),
  };
  const objected = entryObjected(story.state, about, { filed: [], refusedRepairs: [] });
  const by = { today, actor: people.party, byParty: true };
  const objection = evolveObjection(undefined, fileObjection(objected, filing, rules, by));
  const mark = { id: 'o1', about, since: today };
  story.does('platform', { type: 'mark-objection', mark });
  return objection;
}

type Decision = Extract<ObjectionCommand, { type: 'decision' }>;
const partly = (more: Partial<Decision>): Decision => ({
  ...{ type: 'decision', outcome: 'partly-upheld', reasons: '经核查部分属实（虚构）', corrected: {} },
  ...more,
});
function decided(story: Story, objection: Objection, command: Decision): DecidedObjection {
  const checked = checkedDecision(command, objection, story.rules, story.state, today);
  const { procedure } = story.rules;
  const actor = people.otherApprover;
  const look = { rules, procedure, today, actor, madeBy: [], remedies: '—', isUnit: () => true };
  const facts = decideObjection(objection, checked, look);
  return facts.reduce<Objection>(evolveObjection, objection) as DecidedObjection;
}
const both: GivenField[] = [
  { code: 'sex', value: 'male' },
  { code: 'identity-number', value: his },
];

describe('an objection names the field and what it should read', () => {
  test('of which only the masked number is kept', () => {
    const { asked } = filed(listed(), { fields: both });
    expect(asked.fields?.map(({ code, value }) => [code, value])).toEqual([
      ['sex', 'male'],
      ['identity-number', masked(his)],
    ]);
    expect(JSON.stringify(asked)).not.toContain(his);
  });

  test.each<[string, GivenField, string, string]>([
    ['a field that the list does not ask for', { code: 'age', value: '46' }, 'field-unknown', '[0].code'],
    ['a value of another kind', { code: 'sex', value: '男' }, 'field-invalid', '[0].value'],
    ['a sex that her own number contradicts', { code: 'sex', value: 'male' }, 'field-contradicts', ''],
  ])('and is refused for %s', (_, field, code, at) => {
    expect(refused(() => filed(listed(), { fields: [field] }))).toMatchObject({
      code: `listing.${code}`,
      field: `asked.fields${at}`,
    });
  });

  test('for what reads so already, and to anything but the content', () => {
    const same = refused(() => filed(listed(), { fields: [{ code: 'sex', value: 'female' }] }));
    expect([same.code, same.field]).toEqual(['objection.asked-as-it-reads', 'asked.fields[0].value']);
    expect(refused(() => filed(listed(), { fields: both }, 'listing')).code).toBe(
      'objection.fields-of-content',
    );
  });

  test('or objects in words only, as before', () => {
    const story = listed();
    const objection = filed(story, {});
    const decision = decided(story, objection, partly({ outcome: 'rejected' }));
    expect(decision.decision).not.toHaveProperty('answers');
  });
});

describe('the decision answers each value', () => {
  test('adopts it without its being sent again, and the entry reads so', () => {
    const story = listed();
    const objection = filed(story, { fields: both });
    const { decision } = decided(
      story,
      objection,
      partly({ outcome: 'upheld', adopted: ['sex', 'identity-number'] }),
    );
    expect(decision.answers?.map(({ field, answer }) => [field, answer])).toEqual([
      ['sex', 'adopted'],
      ['identity-number', 'adopted'],
    ]);
    story.does(
      'platform',
      settlingOf({ ...objection, status: 'decided', acceptedOn: null, decision }, undefined)!,
    );
    expect(story.state.fields?.map(({ value }) => value)).toEqual(['male', masked(his)]);
  });

  test('refuses one with its reasons and another not, told so in the letter', () => {
    const story = listed();
    const objection = filed(story, { reasons: '欠税已经缴清（虚构）', decisionNo: '（虚构）税〔2026〕9号' });
    const answering = partly({
      adopted: ['decisionNo'],
      refused: [{ field: 'reasons', reasons: '完税凭证显示尚有余额（虚构）' }],
    });
    const { decision } = decided(story, objection, answering);
    expect(decision.corrected).toEqual({ decisionNo: '（虚构）税〔2026〕9号' });
    story.does(
      'platform',
      settlingOf({ ...objection, status: 'decided', acceptedOn: null, decision }, undefined)!,
    );
    const settled = story.facts.find(({ type }) => type === 'objection-settled')!;
    expect(dueDocuments(settled, story.state, null)[0]!.values['objectionOutcome']).toBe(
      [
        '异议部分成立。列入信息相应更正，已经共享的由各使用单位同步更正。',
        '决定书文号：所主张的“（虚构）税〔2026〕9号”予以采纳，更正为该内容。',
        '列入理由：所主张的“欠税已经缴清（虚构）”不予采纳：完税凭证显示尚有余额（虚构）。',
      ].join('\n'),
    );
  });

  test('corrects it otherwise, and a rejection refuses all of it', () => {
    const story = listed();
    const objection = filed(story, { reasons: '欠税十万元（虚构）' });
    const { decision } = decided(
      story,
      objection,
      partly({ corrected: { reasons: '欠税二十万元（虚构）' } }),
    );
    expect(decision.answers).toMatchObject([{ answer: 'otherwise', reads: '欠税二十万元（虚构）' }]);
    const rejected = decided(story, objection, partly({ outcome: 'rejected' }));
    expect(rejected.decision.answers).toMatchObject([{ field: 'reasons', answer: 'refused' }]);
  });

  test('and is refused where it leaves one open, answers twice or what nobody asked, or calls half of it whole', () => {
    const story = listed();
    const objection = filed(story, { fields: both });
    const code = (more: Partial<Decision>) => refused(() => decided(story, objection, partly(more))).code;
    const sex = { field: 'sex', reasons: '—' };
    expect(code({ adopted: ['identity-number'] })).toBe('listing.field-contradicts');
    expect(code({ corrected: { reasons: '—' } })).toBe('objection.asked-unanswered');
    expect(code({ adopted: ['sex', 'identity-number'], refused: [sex] })).toBe('objection.answered-twice');
    expect(code({ corrected: { fields: [both[0]!, both[1]!] }, refused: [sex] })).toBe(
      'objection.answered-twice',
    );
    expect(code({ adopted: ['termEndsOn'] })).toBe('objection.not-asked');
    expect(code({ outcome: 'rejected', adopted: ['sex', 'identity-number'] })).toBe(
      'objection.correction-without-need',
    );
    const half = { corrected: { reasons: '—' }, refused: [sex, { field: 'identity-number', reasons: '—' }] };
    expect(code({ outcome: 'upheld', ...half })).toBe('objection.upheld-in-part');
    expect(decided(story, objection, partly(half)).status).toBe('decided');
  });

  test('an organisation names its address as well', () => {
    const story = inForce({ ...opening, department }, days).on(today);
    const [address] = fictitiousFields(story.rules.list, 'enterprise');
    const objection = filed(story, { fields: [{ ...address!, value: '某市某街2号（虚构）' }] });
    const command = partly({ outcome: 'upheld', adopted: ['registered-address'] });
    expect(decided(story, objection, command).decision.corrected.fields).toMatchObject([
      { code: 'registered-address', value: '某市某街2号（虚构）' },
    ]);
  });
});
