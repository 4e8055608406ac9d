import { describe, expect, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { eventsOf } from '../events/outbox.js';
import { inForce, person } from '../../specs/story.js';
import { publicEntry, shownFields } from './public-entry.js';

const days = { decidedOn: '2025-03-12', servedOn: '2025-03-14' };
const wage = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2025-03-03',
  clockFrom: '2025-02-28',
} as const;

describe('what everyone may see', () => {
  test('is nothing before publication and after the end', () => {
    const story = inForce(wage, days);
    expect(publicEntry(story.state, story.rules.list)).toBeUndefined();
    story.on('2025-03-18').does('secrecy', { type: 'publication', secrecyReview: 'passed', text: '不涉密' });
    expect(publicEntry(story.state, story.rules.list)).toMatchObject({
      publishedOn: '2025-03-18',
      searchable: true,
    });
    story.on('2025-06-02').does('approver', { type: 'revocation', reason: '认定事实有误' });
    expect(publicEntry(story.state, story.rules.list)).toBeUndefined();
  });

  test('of a natural person is neither number nor full name nor free text', () => {
    const opening = { ...wage, subject: { ...person, name: '张示例', code: 'x' }, bornOn: '1980-05-05' };
    const story = inForce(opening, { ...days, publishedOn: '2025-03-18' });
    const entry = publicEntry(story.state, story.rules.list);
    expect(entry).toMatchObject({ name: '张*', code: null, reasons: '', searchable: false });
    // The name by the data of the list, in the register and in the event alike; the number never.
    const { list } = story.rules;
    const unmasked = { ...list, publication: { ...list.publication!, masked: false } };
    const added = (of: typeof list) =>
      eventsOf(
        story.facts.find(({ type }) => type === 'published')!,
        story.state,
        of,
      ).at(-1)!.data;
    expect(publicEntry(story.state, unmasked)).toMatchObject({
      name: '张示例',
      code: null,
      searchable: false,
    });
    expect(added(unmasked)).toMatchObject({ entry: { name: '张示例', code: null } });
    expect(added(list)).toMatchObject({ entry: { name: '张*', code: null } });
    expect(shownFields(unmasked).naturalPersons).toContain('name');
  });

  const versions = loadSeeds('list-types').filter(({ publication }) => publication !== null);
  test.each(versions.map((list) => [`${list.key} of ${list.version}`, list] as const))(
    'of %s is masked and says of each kind of subject what is shown, by its article or as not confirmed',
    (_, list) => {
      const { masked, shows = [] } = list.publication!;
      expect([masked, shows.length > 0]).toEqual([true, true]);
      for (const { article, confirmed } of shows) expect(confirmed === false).toBe(article === undefined);
      const open = shows.some(({ confirmed }) => confirmed === false);
      expect(list.unconfirmed.some((name) => /^publication(\.shows)?$/.test(name))).toBe(open);
      const { organisations, naturalPersons } = shownFields(list);
      expect(naturalPersons).not.toContain('reasons');
      for (const { item, of } of shows) {
        expect(organisations.includes(item)).toBe(of !== 'persons');
        expect(naturalPersons.includes(item)).toBe(of !== 'organisations');
      }
    },
  );

  test('is what the rule of the list publishes beside, and the view of the list says the same', () => {
    const story = inForce(wage, { ...days, publishedOn: '2025-03-18' });
    const { list } = story.rules;
    const documents = story.state.records.map(({ documentNo }) => documentNo);
    const conduct = list.conductKinds.find(({ code }) => code === wage.conductKind)!.zh;
    expect(publicEntry(story.state, list)).toMatchObject({ conduct, documents });
    expect(shownFields(list).naturalPersons).toEqual(expect.arrayContaining(['conduct', 'documents']));
    const silent = { ...list, publication: { ...list.publication!, shows: [] } };
    expect(publicEntry(story.state, silent)).toMatchObject({ conduct: null, documents: [] });
    expect(publicEntry(story.state, silent)).toMatchObject({ reasons: '', basis: [] });
    expect(shownFields(silent).organisations).not.toContain('conduct');
    const ofPersons = { item: 'conduct', of: 'persons' } as const;
    const personsOnly = { ...list, publication: { ...list.publication!, shows: [ofPersons] } };
    expect(publicEntry(story.state, personsOnly)!.conduct).toBeNull();
    expect(shownFields(personsOnly).organisations).not.toContain('conduct');
    expect(shownFields(personsOnly).naturalPersons).toContain('conduct');
    // A penalty that fell away is named no longer.
    const [first] = story.state.records;
    const left = { ...story.state, records: [{ ...first!, withdrawn: true }] };
    expect(publicEntry(left, list)).toMatchObject({ documents: [] });
  });

  test('hides numbers of persons in the reasons, and leaves credit codes', () => {
    const reasons = '经办人230100800101101,电话13800001234,代码91230100MA1ABCDE8J（虚构）';
    const story = inForce(wage, { ...days, publishedOn: '2025-03-18' });
    if (story.state.status !== 'in-force') throw new Error(story.status);
    const told = { ...story.state, decision: { ...story.state.decision, reasons } };
    expect(publicEntry(told, story.rules.list)).toMatchObject({
      reasons: '经办人230************,电话138****1234,代码91230100MA1ABCDE8J（虚构）',
    });
  });
});
