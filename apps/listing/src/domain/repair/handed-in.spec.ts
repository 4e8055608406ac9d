import { describe, expect, test } from '@jest/globals';
import { Refusal } from '#kernel';
import { loadSeeds } from '#seeds';
import {
  acceptance,
  granting,
  handingIn,
  inForce,
  people,
  request,
  REQUEST,
  siteRequest,
} from '../../../specs/story.js';
import { handIn, nothingHandedIn } from './handed-in.js';
import { siteLawOn } from './site-law.js';

/* What lies behind a request for repair, by order 36 (in force since 2026-04-01) and before it. */

const laws = loadSeeds('repair-rules').filter(({ sector }) => sector === 'general');
const wage = {
  list: 'WAGE',
  conductKind: 'wage.mass-incident',
  openedOn: '2026-04-07',
  clockFrom: '2026-04-07',
} as const;
/** On the list since 2026-04-21, corrected on 2026-05-05: when six months are full removal may be asked. */
const listed = () => inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-21' }).on('2026-11-06');
const bare = { handingIn: { papers: [], commitment: null } };

describe('a request for early removal', () => {
  test('with names alone is not accepted as complete (order 36 art. 15, 16)', () => {
    const story = listed().does('party', request('2026-05-05', [], bare));
    expect(story.refusal('handler', acceptance())).toMatchObject({
      code: 'repair.materials-missing',
      facts: { missing: 'proof, commitment' },
    });
    // The one-time list can still be given.
    expect(() =>
      listed()
        .does('party', request('2026-05-05', [], bare))
        .does('handler', acceptance(false)),
    ).not.toThrow();
  });

  test('is completed by the party, and by a handler with what came on paper', () => {
    const story = listed().does('party', request('2026-05-05', [], bare));
    const { papers, commitment } = handingIn('2026-11-05');
    story.does('party', {
      type: 'repair-supplement',
      requestId: REQUEST,
      handingIn: { papers: papers.slice(0, 1), commitment: null },
    });
    expect(story.refusal('handler', acceptance()).facts).toMatchObject({ missing: 'commitment' });
    story.does('otherHandler', {
      type: 'repair-supplement',
      requestId: REQUEST,
      handingIn: { papers: [], commitment },
    });
    const open = 'removalRequest' in story.state ? story.state.removalRequest : null;
    expect(open?.handedIn).toMatchObject({
      papers: [
        { kind: 'proof', name: '缴款凭证（虚构）', on: '2026-11-06', by: people.party, onBehalf: false },
      ],
      commitment: {
        signedBy: '李某（虚构）',
        signedOn: '2026-11-05',
        by: people.otherHandler,
        onBehalf: true,
      },
    });
    expect(granting(story).status).toBe('ended');
  });

  test('is not decided by who took its papers in', () => {
    const story = listed().does('party', request('2026-05-05', [], bare));
    story.does('approver', {
      type: 'repair-supplement',
      requestId: REQUEST,
      handingIn: handingIn('2026-11-05'),
    });
    expect(() => granting(story)).toThrow('listing.removal-second-person');
    expect(
      story.does('otherApprover', {
        type: 'repair-decision',
        requestId: REQUEST,
        granted: true,
        reasons: '—',
      }).status,
    ).toBe('ended');
  });

  test('before order 36 no text that was read asks for more than the promise', () => {
    const early = inForce(
      { ...wage, openedOn: '2025-03-03', clockFrom: '2025-03-03' },
      { decidedOn: '2025-03-11', servedOn: '2025-03-11' },
    );
    early
      .on('2025-10-09')
      .does('party', request('2025-04-08', [], bare))
      .does('handler', acceptance());
    expect(early.state).toMatchObject({ removalRequest: { status: 'accepted', handedIn: { demanded: [] } } });
  });

  test('from a court’s list is none of order 36, its publication on 信用中国 is', () => {
    const court = inForce(
      {
        list: 'COURT',
        conductKind: 'court.able-refuses',
        openedOn: '2025-11-03',
        department: { id: 'hlj.court', level: 'province' },
      },
      { decidedOn: '2025-11-10', servedOn: '2025-11-10', publishedOn: '2025-11-11' },
    ).on('2026-05-15');
    const removal = request('2026-05-06', [], { ...bare, ground: 'court-duty-performed' });
    expect(court.does('party', removal).state).toMatchObject({
      removalRequest: { handedIn: { demanded: [] } },
    });
    const site = inForce(
      { ...wage, openedOn: '2024-09-03', clockFrom: '2024-09-03' },
      { decidedOn: '2024-09-12', servedOn: '2024-09-12', publishedOn: '2024-09-13' },
    ).on('2026-05-15');
    site.does('party', { ...siteRequest('2026-05-06'), ...bare } as ReturnType<typeof siteRequest>);
    expect(site.refusal('handler', acceptance()).code).toBe('repair.materials-missing');
  });
});

describe('what is handed in', () => {
  const law = siteLawOn(laws, '2026-07-07');
  const by = (who: keyof typeof people) => ({
    today: '2026-07-07',
    actor: people[who],
    byParty: who === 'party',
  });
  const codeOf = (change: object, who: keyof typeof people = 'party'): string => {
    const { papers, commitment } = handingIn('2026-07-06');
    try {
      handIn(
        nothingHandedIn(law, 'repair'),
        { papers, commitment: { ...commitment!, ...change } },
        law,
        by(who),
      );
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
    return 'taken';
  };

  test('has a file behind every paper', () => {
    const empty = {
      papers: [{ kind: 'proof', name: '缴款凭证（虚构）', files: [] }],
      commitment: null,
    } as const;
    const tried = () =>
      handIn(
        nothingHandedIn(law, 'repair'),
        { ...empty, papers: [...empty.papers].map((one) => ({ ...one, files: [] })) },
        law,
        by('party'),
      );
    expect(tried).toThrow('repair.paper-without-file');
  });

  test('a commitment in the words of the rule keeps them, with their version (art. 14 (3))', () => {
    const { commitment } = handIn(
      nothingHandedIn(law, 'repair'),
      {
        papers: [],
        commitment: { ...handingIn('2026-07-06').commitment!, template: 'ndrc-36/1', text: null, files: [] },
      },
      law,
      by('party'),
    );
    expect(commitment).toMatchObject({ template: 'ndrc-36/1', signedBy: '李某（虚构）', files: [] });
    expect(commitment?.text).toContain('所提交的材料真实、有效');
  });

  test.each([
    [{ template: 'ndrc-36/9' }, 'party', 'repair.commitment-template-unknown'],
    [{ text: ' ' }, 'party', 'repair.commitment-text-missing'],
    [{ signedOn: '2026-07-08' }, 'party', 'repair.signed-in-future'],
    [{ files: [] }, 'handler', 'repair.commitment-unsigned'],
    [{ files: [] }, 'party', 'taken'],
  ] as const)('a commitment with %j by %s: %s', (change, who, code) => {
    expect(codeOf(change, who)).toBe(code);
  });
});
