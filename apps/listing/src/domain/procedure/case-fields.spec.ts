import { describe, expect, test } from '@jest/globals';
import { citizenIdCheckCharacter } from '#kernel';
import { fictitiousFields, underEnforcement } from '../../../specs/fields.js';
import { refused } from '../../../specs/refused.js';
import {
  approval,
  decision,
  notice,
  type Opening,
  openingRefusal,
  person,
  publication,
  review,
  service,
  Story,
} from '../../../specs/story.js';
import { publicEntry } from '../../register/public-entry.js';
import { followsFor } from '../case/case-file.js';
import type { CommandOf } from '../case/commands.js';
import { decide } from '../case/decide.js';
import type { GivenField } from './case-field.js';

/* 法释〔2017〕7号 art. 6: what is recorded and published of a person under enforcement. A fictitious case. */

const court = {
  list: 'COURT',
  conductKind: 'court.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.court', level: 'province' },
} as const;
const ofFirm = underEnforcement;
const number = `23010019800505101`;
const citizen = `${number}${citizenIdCheckCharacter(number)}`;
const ofPerson: GivenField[] = [
  { code: 'sex', value: 'male' },
  { code: 'age', value: '44' },
  { code: 'identity-number', value: citizen },
  ...ofFirm.slice(1),
];

const approved = (more: Partial<ConstructorParameters<typeof Story>[0]> = {}) =>
  new Story({ ...court, ...more })
    .does('handler', notice('2025-03-03'))
    .does('reviewer', review())
    .does('approver', approval);
const ofDebtor = { subject: person, bornOn: '1980-05-05' };
const deciding = (fields: GivenField[]) => ({ ...decision, fields });

describe('a decision of the court list', () => {
  test('says everything that art. 6 has recorded, and is refused where something is missing', () => {
    const story = approved();
    expect(story.refusal('handler', deciding(ofFirm.slice(2)))).toMatchObject({
      code: 'listing.fields-missing',
      facts: {
        missingZh: '法定代表人或者负责人姓名、生效法律文书确定的义务',
        missing: 'Name of the legal representative or person in charge, Duty under the judgment',
        codes: 'responsible, duty',
      },
    });
    story.does('handler', deciding(ofFirm));
    expect(story.state.fields?.map(({ code, value }) => ({ code, value }))).toEqual(ofFirm);
  });

  test('takes what the opening brought, and what it says otherwise wins', () => {
    const story = approved({ fields: ofFirm });
    expect(story.state.fields).toHaveLength(7);
    story.does('handler', deciding([{ code: 'performance', value: '部分未履行' }]));
    const value = (code: string) => story.state.fields?.find((one) => one.code === code)?.value;
    expect([value('performance'), value('duty')]).toEqual(['部分未履行', ofFirm[1]!.value]);
  });

  test('has of a natural person sex, age and number, of which the whole is kept nowhere', () => {
    const story = approved(ofDebtor).does('handler', deciding(ofPerson));
    expect(story.state.fields?.map(({ code }) => code)).not.toContain('responsible');
    expect(JSON.stringify([story.state, story.facts])).not.toContain(citizen);
    expect(story.state.fields?.find(({ code }) => code === 'identity-number')?.value).toBe(
      `230***********${citizen.slice(-4)}`,
    );
  });

  test.each([
    ['a date to come', 'filed-on', '2025-03-04', 'listing.field-invalid'],
    ['no date', 'filed-on', '去年', 'listing.field-invalid'],
    ['blanks', 'duty', '  ', 'listing.field-invalid'],
    ['what is asked of persons only', 'sex', 'male', 'listing.field-unknown'],
    ['what no article asks for', 'address', '某街1号', 'listing.field-unknown'],
  ])('takes no %s', (_, code, value, refused) => {
    const fields = [...ofFirm.filter((one) => one.code !== code), { code, value }];
    expect(approved().refusal('handler', deciding(fields)).code).toBe(refused);
  });

  test.each([
    ['an age', 'age', '45', 'listing.field-contradicts'],
    ['a sex', 'sex', 'female', 'listing.field-contradicts'],
    [
      'a check character',
      'identity-number',
      `${number}${citizen.endsWith('1') ? '2' : '1'}`,
      'listing.field-invalid',
    ],
  ])('of a natural person takes no %s that the number does not have', (_, code, value, refused) => {
    const fields = ofPerson.map((one) => (one.code === code ? { code, value } : one));
    expect(approved(ofDebtor).refusal('handler', deciding(fields)).code).toBe(refused);
  });

  test('is held against what the opening brought, of which only the masked number is left', () => {
    const [sex, age, identity] = ofPerson;
    const brought = (...fields: GivenField[]) => approved({ ...ofDebtor, fields });
    const rest = ofPerson.slice(3);
    const contradicts = { code: 'listing.field-contradicts' };
    const woman = { code: 'sex', value: 'female' };
    expect(brought(identity!).refusal('handler', deciding([woman, age!, ...rest]))).toMatchObject(
      contradicts,
    );
    expect(brought(woman).refusal('handler', deciding([identity!, age!, ...rest]))).toMatchObject(
      contradicts,
    );
    expect(brought(identity!).does('handler', deciding([sex!, age!, ...rest])).state.fields).toHaveLength(9);
  });

  test('takes nothing twice', () => {
    const story = approved();
    expect(story.refusal('handler', deciding([...ofFirm, ofFirm[0]!])).code).toBe('listing.field-twice');
  });
});

/* Order 54 art. 12: of an organisation and of a natural person, who on the tax list may be bound with it. */
describe('each party of a file states its own', () => {
  const tax: Opening = {
    list: 'TAX',
    conductKind: 'tax.evasion',
    openedOn: '2025-03-03',
    department: { id: 'hlj.tax', level: 'province' },
    persons: [
      {
        subject: { ...person, id: '0192f0c4-6c00-7000-8000-000000000002', name: '李*' },
        capacity: 'legal-representative',
        bornOn: '1980-05-05',
      },
    ],
  };
  const taxpayer: GivenField[] = [
    { code: 'registered-address', value: '某市某街1号（虚构）' },
    { code: 'responsible', value: '李示例' },
    { code: 'responsible-sex', value: 'male' },
    { code: 'responsible-number', value: citizen },
  ];
  const [sex, , identity] = ofPerson as [GivenField, GivenField, GivenField];
  const his = [sex, identity];
  /** A file whose parties are both approved. */
  const file = (fields?: GivenField[]) => {
    const persons = [{ ...tax.persons![0]!, ...(fields ? { fields } : {}) }];
    const principal = new Story({ ...tax, persons });
    const parties = [principal, principal.companion(0)] as const;
    for (const one of parties)
      one
        .does('handler', notice('2025-03-03'))
        .on('2025-03-11')
        .does('reviewer', review())
        .does('approver', approval);
    return parties;
  };
  const ofHim = (listingId: string, fields: GivenField[]) => ({
    ...deciding(taxpayer),
    persons: [{ listingId, fields }],
  });
  const codes = ({ state }: Story) => state.fields?.map(({ code }) => code);

  test('the person with the opening, or with the decision on the file', () => {
    const [, opened] = file(his);
    expect(codes(opened)).toEqual(['sex', 'identity-number']);
    const [principal, bound] = file();
    const command = ofHim(bound.state.id, his);
    principal.does('handler', command).does('handler', service('2025-03-11')).does('secrecy', publication);
    bound
      .does('handler', followsFor(bound.state, command, [])!)
      .does('handler', service('2025-03-11', `${bound.state.no}-修复告知`))
      .does('secrecy', publication);
    expect([codes(principal), codes(bound)]).toEqual([
      ['registered-address', 'responsible', 'responsible-sex', 'responsible-number'],
      ['sex', 'identity-number'],
    ]);
    const shown = publicEntry(bound.state, bound.rules.list)!;
    expect([shown.name, shown.fields.map(({ value }) => value)]).toEqual([
      '李*',
      ['male', `230***********${citizen.slice(-4)}`],
    ]);
    // Each entry is corrected for itself, and held against its own number.
    const wrong = { type: 'correction', corrected: { fields: [{ code: 'sex', value: 'female' }] } } as const;
    expect(bound.refusal('approver', { ...wrong, reasons: '（虚构）' }).code).toBe(
      'listing.field-contradicts',
    );
  });

  test('and is refused where it is left out, contradicts itself, or is of nobody whom the decision lists', () => {
    const [principal, bound] = file();
    const { id } = bound.state;
    const followed = (command: CommandOf<'decision'>) =>
      refused(() =>
        decide(
          bound.state,
          followsFor(bound.state, command, [])!,
          bound.rules,
          bound.circumstances('handler'),
        ),
      );
    expect(followed(deciding(taxpayer))).toMatchObject({
      code: 'listing.person-fields-missing',
      field: 'persons',
      facts: { listingId: id, name: '李*', codes: 'sex, identity-number' },
    });
    expect(followed(ofHim(id, [sex]))).toMatchObject({ field: 'persons[0].fields' });
    expect(followed(ofHim(id, [{ code: 'sex', value: 'female' }, identity]))).toMatchObject({
      code: 'listing.field-contradicts',
      field: 'persons[0].fields',
    });
    expect(followed(ofHim(id, [...his, taxpayer[0]!]))).toMatchObject({
      code: 'listing.field-unknown',
      field: 'persons[0].fields[2].code',
    });
    expect(principal.refusal('handler', ofHim(principal.state.id, his)).code).toBe(
      'listing.person-not-of-file',
    );
    const twice = ofHim(id, his);
    twice.persons.push(...twice.persons);
    expect(principal.refusal('handler', twice).code).toBe('listing.person-twice');
    const spared = new Story(tax).companion(0).does('handler', notice('2025-03-03')).on('2025-03-11');
    spared.does('reviewer', review('do-not-list'));
    expect(refused(() => followsFor(spared.state, ofHim(spared.state.id, his), []))).toMatchObject({
      code: 'listing.person-not-decided',
      field: 'persons[0]',
    });
    expect(openingRefusal({ ...tax, persons: [{ ...tax.persons![0]!, fields: [taxpayer[0]!] }] })).toEqual({
      code: 'listing.field-unknown',
      field: 'persons[0].fields[0].code',
    });
  });
});

test('an opening refuses what does not fit, too', () => {
  expect(openingRefusal({ ...court, fields: [{ code: 'filed-on', value: '2025-03-04' }] })).toEqual({
    code: 'listing.field-invalid',
    field: 'fields[0].value',
  });
});

test('a list that asks for nothing takes nothing', () => {
  const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
  expect(openingRefusal({ ...wage, fields: [ofFirm[1]!] }).code).toBe('listing.field-unknown');
  expect(fictitiousFields(new Story(wage).rules.list, 'enterprise')).toEqual([]);
});

test('an entry shows the fields; names of persons are masked where the list has its publication masked', () => {
  const story = approved().does('handler', deciding(ofFirm)).does('secrecy', publication);
  const { list } = story.rules;
  const shown = (masked: boolean) => {
    const publishing = { ...list, publication: { ...list.publication!, masked } };
    return publicEntry(story.state, publishing)!.fields.map(({ code, value }) => ({ code, value }));
  };
  expect(shown(true)).toEqual([{ code: 'responsible', value: '李*' }, ...ofFirm.slice(1)]);
  expect(shown(false)).toEqual(ofFirm);
});

describe('what a list asks for and is wrong, or not so any more', () => {
  const published = () => approved().does('handler', deciding(ofFirm)).does('secrecy', publication);
  const corrected = (...fields: GivenField[]) => ({
    type: 'correction' as const,
    corrected: { fields },
    reasons: '录入有误（虚构）',
  });
  const value = (story: Story, code: string) => story.state.fields?.find((one) => one.code === code)?.value;

  test('reads otherwise by a correction; what it said before stays with it', () => {
    const story = published().on('2025-06-02');
    story.does('approver', corrected({ code: 'performance', value: '部分未履行' }, ofFirm[1]!));
    expect(value(story, 'performance')).toBe('部分未履行');
    expect(value(story, 'duty')).toBe(ofFirm[1]!.value);
    expect(story.state.fields?.map(({ code }) => code)).toEqual(ofFirm.map(({ code }) => code));
    expect(story.state).toMatchObject({
      entry: {
        corrections: [
          {
            changes: [{ field: 'caseField', code: 'performance', from: '全部未履行', to: '部分未履行' }],
          },
        ],
      },
    });
    expect(publicEntry(story.state, story.rules.list)!.fields).toContainEqual(
      expect.objectContaining({ code: 'performance', value: '部分未履行' }),
    );
  });

  test('by an objection to the content that is upheld, too', () => {
    const story = published().on('2025-06-02');
    story.does('platform', {
      type: 'mark-objection',
      mark: { id: 'o1', about: 'content', since: '2025-06-02' },
    });
    story.does('platform', {
      type: 'settle-objection',
      objectionId: 'o1',
      about: 'content',
      outcome: 'upheld',
      corrected: { fields: [{ code: 'responsible', value: '王示例' }] },
      reasons: '负责人录入有误（虚构）',
      reopened: null,
    });
    expect(value(story, 'responsible')).toBe('王示例');
    expect(story.state).toMatchObject({ entry: { corrections: [{ objectionId: 'o1' }] } });
  });

  test('is not corrected into what the recorded number contradicts', () => {
    const story = approved(ofDebtor).does('handler', deciding(ofPerson)).does('secrecy', publication);
    expect(story.refusal('approver', corrected({ code: 'sex', value: 'female' })).code).toBe(
      'listing.field-contradicts',
    );
    const woman = '23010019800505102';
    const hers = { code: 'identity-number', value: `${woman}${citizenIdCheckCharacter(woman)}` };
    expect(story.refusal('approver', corrected(hers)).code).toBe('listing.field-contradicts');
    story.does('approver', corrected(hers, { code: 'sex', value: 'female' }));
    expect(value(story, 'sex')).toBe('female');
  });

  test('is checked as at its entry, and a correction that changes nothing is none', () => {
    const story = published().on('2025-06-02');
    const refusal = (...fields: GivenField[]) => story.refusal('approver', corrected(...fields)).code;
    expect(refusal({ code: 'address', value: '某街1号' })).toBe('listing.field-unknown');
    expect(refusal({ code: 'filed-on', value: '2025-06-03' })).toBe('listing.field-invalid');
    expect(refusal(ofFirm[1]!, ofFirm[1]!)).toBe('listing.field-twice');
    expect(refusal(ofFirm[1]!)).toBe('listing.correction-empty');
    expect(refusal()).toBe('listing.correction-empty');
  });
});
