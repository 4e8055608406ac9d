import { describe, expect, it, test } from '@jest/globals';
import { answerFor as answered, type BindingAction, type LiveListing } from './check.js';
import { closingsOn, type CommitmentClosing } from './commitment-closing.js';
import { executes } from './line.js';

const listing: LiveListing = {
  caseId: 'case-1',
  caseNo: 'SAMR-2024-000012',
  listType: 'SAMR',
  listName: '市场监督管理严重违法失信名单',
  serious: true,
  department: 'hlj.city.230100.market-regulation',
  inForceOn: '2024-11-14',
  termEndsOn: '2027-11-14',
  objection: null,
};
const procurement: BindingAction = {
  id: 'action-1',
  rule: 'samr.restricted-dealings',
  title: '政府采购、工程招投标、国有土地出让限制',
  mode: 'required',
  class: 'A',
  executor: 'hlj.finance',
  fields: ['procurement'],
  basis: [{ instrument: '企业信息公示暂行条例' }],
  from: '2024-11-14',
  until: '2027-11-14',
  caseId: 'case-1',
  ownGround: null,
  reaches: [],
};
const art45: CommitmentClosing = {
  edition: '2022',
  appliesTo: ['serious-list', 'false-commitment', 'unkept-commitment'],
  basis: [{ instrument: '黑龙江省社会信用条例', article: '45' }],
  validFrom: '2022-07-01',
  validTo: null,
};
type Answered = Parameters<typeof answered>;
/** By the list of constraints of the release, unless told otherwise. */
const answerFor = (
  subject: Answered[0],
  known: Answered[1],
  question: Answered[2],
  today: Answered[3],
  closings: Answered[4] = [art45],
) => answered(subject, known, question, today, closings);
const standing = { actions: [procurement], listings: [listing], commitments: [], incentives: [] };
const ask = (field: string, department = 'hlj.finance', today = '2024-12-02') =>
  answerFor('91230100MA1ABCDE8J', standing, { field, department }, today);

describe('what binds a subject in an approval', () => {
  it('shows the measure in its kind of business, with basis, term and the listing behind it', () => {
    expect(ask('procurement').hits).toEqual([
      {
        id: 'action-1',
        rule: 'samr.restricted-dealings',
        title: '政府采购、工程招投标、国有土地出让限制',
        mode: 'required',
        class: 'A',
        executor: 'hlj.finance',
        basis: [{ instrument: '企业信息公示暂行条例' }],
        from: '2024-11-14',
        until: '2027-11-14',
        yours: true,
        listing: {
          caseNo: 'SAMR-2024-000012',
          listName: '市场监督管理严重违法失信名单',
          department: 'hlj.city.230100.market-regulation',
          objection: null,
        },
      },
    ]);
  });

  it('closes the commitment procedure to the last day on the list, and not one day longer', () => {
    const on = (today: string): boolean => ask('permit', 'hlj.housing', today).commitment.open;
    expect([on('2027-11-14'), on('2027-11-15')]).toEqual([false, true]);
  });

  it('reaches the legal representative where the article binds that person, and not the company itself', () => {
    const office = { ...procurement, fields: ['appointment'], reaches: ['legal-representative'] };
    const asked = { field: 'appointment', department: 'hlj.market-regulation' };
    const ofCompany = answerFor(
      '91230100MA1ABCDE8J',
      { ...standing, actions: [office] },
      asked,
      '2024-12-02',
    );
    expect(ofCompany.hits).toEqual([]);
    const { caseNo, listName, department, objection } = listing;
    const through = {
      organisation: '91230100MA1ABCDE8J',
      name: '松江示例（虚构）',
      capacity: 'legal-representative',
    };
    const ofPerson = answerFor(
      '0192f0c4-6c00-7000-8000-0000000000e2',
      {
        ...standing,
        listings: [],
        actions: [
          { ...office, through: { ...through, listing: { caseNo, listName, department, objection } } },
        ],
      },
      asked,
      '2024-12-02',
    );
    expect(ofPerson.hits).toMatchObject([{ rule: office.rule, through, listing: { caseNo } }]);
    // Art. 45 closes the commitment procedure to whoever is on the list, which the person is not.
    expect(ofPerson.commitment.open).toBe(true);
  });

  it('stands apart from what the subject is entitled to in the same business', () => {
    const { hits, incentives } = answerFor(
      '91230100MA1ABCDE8J',
      {
        actions: [procurement],
        listings: [{ ...listing, serious: false }],
        commitments: [],
        incentives: [
          {
            id: 'entry-1',
            incentive: 'incentive/honours-first',
            title: '（虚构）优先',
            fields: ['procurement'],
            executors: ['hlj.finance'],
            answers: {},
            basis: [{ instrument: '黑龙江省社会信用条例', article: '26' }],
            ground: { kind: 'honour', text: '（虚构）一号' },
            from: '2024-11-14',
            until: null,
          },
        ],
      },
      { field: 'procurement', department: 'hlj.finance' },
      '2024-12-02',
    );
    expect([hits.map(({ id }) => id), incentives.map(({ id }) => id)]).toEqual([['action-1'], ['entry-1']]);
  });

  describe('by a decision of its own (食品安全法 art. 135)', () => {
    const decided = {
      documentNo: '（虚构）哈市监食罚〔2021〕3号',
      decidedOn: '2021-01-20',
      until: '2026-01-20',
    };
    const { caseNo, listName, department, objection } = listing;
    const ban: BindingAction = {
      ...procurement,
      fields: ['permit'],
      ownGround: { ...decided, listing: { caseNo, listName, department, objection } },
    };
    const on = (today: string, listings: LiveListing[], ownGround = ban.ownGround) =>
      answerFor(
        '91230100MA1ABCDE8J',
        { actions: [{ ...ban, ownGround }], listings, commitments: [], incentives: [] },
        { field: 'permit', department: 'hlj.finance' },
        today,
      ).hits.map(({ until, ownGround: own }) => [until, own]);

    it('shows to its own last day, whether the listing lives or not', () => {
      const shown = [['2026-01-20', decided]];
      expect(on('2024-12-02', [listing])).toEqual(shown);
      expect([on('2025-12-02', []), on('2026-01-20', []), on('2026-01-21', [])]).toEqual([shown, shown, []]);
    });

    it('shows for life where the law says so', () => {
      const forLife = { ...ban.ownGround!, until: null };
      expect(on('2060-01-01', [], forLife)).toEqual([[null, { ...decided, until: null }]]);
    });
  });

  it('shows nothing of it in another kind of business: no linking of what is not related', () => {
    expect(ask('honours').hits).toEqual([]);
  });

  it('is a hit for every organ that decides in that business, and says whose own measure it is', () => {
    expect(ask('procurement', 'hlj.education').hits.map(({ yours }) => yours)).toEqual([false]);
    expect(ask('procurement', 'hlj.city.230100.finance').hits.map(({ yours }) => yours)).toEqual([true]);
  });

  it('ends with the last day of the measure', () => {
    expect(ask('procurement', 'hlj.finance', '2027-11-14').hits).toHaveLength(1);
    expect(ask('procurement', 'hlj.finance', '2027-11-15').hits).toEqual([]);
  });

  it('does not begin before its first day', () => {
    expect(ask('procurement', 'hlj.finance', '2024-11-13').hits).toEqual([]);
  });

  it('carries the mark of an open objection', () => {
    const marked = { ...standing, listings: [{ ...listing, objection: { since: '2024-11-29' } }] };
    const { hits } = answerFor(
      '91230100MA1ABCDE8J',
      marked,
      { field: 'procurement', department: 'hlj.finance' },
      '2024-12-02',
    );
    expect(hits[0]!.listing.objection).toEqual({ since: '2024-11-29' });
  });

  it('binds nobody by an action whose listing is no longer live', () => {
    const orphan = { ...standing, listings: [] };
    const { hits, commitment } = answerFor(
      '91230100MA1ABCDE8J',
      orphan,
      { field: 'procurement', department: 'hlj.finance' },
      '2024-12-02',
    );
    expect(hits).toEqual([]);
    expect(commitment.open).toBe(true);
  });
});

describe('the commitment procedure (ordinance art. 45)', () => {
  it('is closed to the seriously dishonest, whoever asks and for whatever', () => {
    expect(ask('honours', 'hlj.education').commitment).toEqual({
      open: false,
      closedBy: [{ by: 'listing', no: 'SAMR-2024-000012', until: '2027-11-14', objection: null }],
      basis: [{ instrument: '黑龙江省社会信用条例', article: '45' }],
    });
  });

  it('is open to a subject on a list that is not one of the seriously dishonest', () => {
    const { commitment } = answerFor(
      '91230100MA1ABCDE8J',
      { actions: [], listings: [{ ...listing, serious: false }], commitments: [], incentives: [] },
      { field: 'commitment', department: 'hlj.education' },
      '2024-12-02',
    );
    expect(commitment).toEqual({ open: true, closedBy: [], basis: [] });
  });

  it('is closed to who did not keep a commitment, on a list or not', () => {
    const commitments = [{ documentNo: '（虚构）承诺〔2024〕9号' }];
    const of = (listings: LiveListing[]) =>
      answerFor(
        '91230100MA1ABCDE8J',
        { actions: [], listings, commitments, incentives: [] },
        { field: 'permit', department: 'hlj.education' },
        '2024-12-02',
      ).commitment;
    expect(of([])).toEqual({
      open: false,
      closedBy: [{ by: 'commitment', no: '（虚构）承诺〔2024〕9号', until: null, objection: null }],
      basis: [{ instrument: '黑龙江省社会信用条例', article: '45' }],
    });
    expect(of([listing]).closedBy.map(({ no }) => no)).toEqual([
      'SAMR-2024-000012',
      '（虚构）承诺〔2024〕9号',
    ]);
  });

  describe('by the list of constraints of the day', () => {
    const next: CommitmentClosing = {
      ...art45,
      edition: '2026',
      basis: [{ instrument: '黑龙江省社会信用条例', article: '31, 45' }],
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    };
    const all = [{ ...art45, validTo: '2025-12-31' }, next];
    const on = (today: string) =>
      answerFor('x', standing, { field: 'permit', department: 'hlj.housing' }, today, closingsOn(all, today))
        .commitment;

    it('whose basis it names, before and after midnight', () => {
      expect([on('2025-12-31').basis, on('2026-01-01').basis]).toEqual([art45.basis, next.basis]);
    });

    it('and by the last one where none has taken its place: art. 45 is the law itself', () => {
      expect(closingsOn(all, '2027-01-01')).toEqual([next]);
      expect(on('2027-01-01')).toMatchObject({ open: false, basis: next.basis });
    });

    it('and by none before the ordinance was in force', () => {
      expect(on('2022-06-30')).toEqual({ open: true, closedBy: [], basis: [] });
      expect(on('2022-07-01').open).toBe(false);
    });

    it('to those whom its entries reach, each by its own basis', () => {
      const listed: CommitmentClosing = { ...art45, appliesTo: ['serious-list'] };
      const breakers: CommitmentClosing = { ...next, appliesTo: ['unkept-commitment', 'false-commitment'] };
      const commitments = [{ documentNo: '（虚构）承诺〔2024〕9号' }];
      const of = (listings: LiveListing[], closings: CommitmentClosing[]) =>
        answerFor(
          'x',
          { actions: [], listings, commitments, incentives: [] },
          { field: 'permit', department: 'hlj.housing' },
          '2024-12-02',
          closings,
        ).commitment;
      expect(of([], [listed]).open).toBe(true);
      expect(of([], [listed, breakers]).basis).toEqual(breakers.basis);
      expect(of([listing], [listed, breakers]).basis).toEqual([...art45.basis, ...next.basis]);
    });
  });
});

test.each([
  ['hlj.finance', 'hlj.finance', true],
  ['hlj.city.230100.finance', 'hlj.finance', true],
  ['hlj.city.230100.market-regulation', 'hlj.finance', false],
  ['hlj.finance', 'hlj.city.230100.finance', false],
  ['hlj.city.230200.finance', 'hlj.city.230100.finance', false],
  ['hlj.local-finance', 'hlj.finance', false],
])('%s acts for %s: %s', (department, executor, acts) => {
  expect(executes(department, executor)).toBe(acts);
});
