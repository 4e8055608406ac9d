import { describe, expect, test } from '@jest/globals';
import {
  granting,
  inForce,
  type Opening,
  penalty,
  request,
  REQUEST,
  type Story,
} from '../../../specs/story.js';

/* Market regulation, order 107 art. 13 (2025-12-25): whoever is moved off the list is not shown with the penalty, either. */

const samr: Opening = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.market-regulation', level: 'province' },
};
const listed = (): Story => inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
const removedOn = (day: string): Story => granting(listed().on(day).does('party', request('2024-12-02')));

const falseMaterial = {
  type: 'false-application',
  requestId: REQUEST,
  cause: 'false-material',
  reasons: '凭证系伪造（虚构）',
} as const;

describe('the penalty behind an entry', () => {
  test('goes with early removal, by the rule of the day of the removal', () => {
    const story = removedOn('2026-01-05');
    expect(story.facts.at(-1)).toEqual({
      type: 'penalty-publication-ended',
      recordIds: [penalty.id],
      on: '2026-01-05',
    });
    expect(story.state.records).toMatchObject([{ publicationEndedOn: '2026-01-05' }]);
  });

  test('did not before order 107', () => {
    expect(removedOn('2025-12-24').told).not.toContain('penalty-publication-ended');
  });

  test('goes with the end of the term, from the day after its last', () => {
    const story = listed().on('2027-11-15').does('platform', { type: 'expire' });
    expect(story.facts.at(-1)).toMatchObject({ type: 'penalty-publication-ended', on: '2027-11-15' });
  });

  test('does not with a revocation, which says nothing of the penalty', () => {
    const story = listed().on('2026-01-05').does('approver', { type: 'revocation', reason: '程序违法' });
    expect(story.told).not.toContain('penalty-publication-ended');
  });

  test('of another list stays: no rule of it says so', () => {
    const safety = inForce(
      {
        list: 'SAFETY',
        conductKind: 'safety.concealment',
        openedOn: '2024-11-04',
        department: { id: 'hlj.emergency', level: 'province' },
      },
      { decidedOn: '2024-11-13', servedOn: '2024-11-14' },
    );
    const gone = safety.on('2027-11-16').does('platform', { type: 'expire' });
    expect(gone.status).toBe('ended');
    expect(gone.told).not.toContain('penalty-publication-ended');
  });

  test('stays off, as the entry does, when the penalty itself fell before the removal was found false', () => {
    const story = removedOn('2026-01-05').on('2026-02-02').does('platform', {
      type: 'lose-basis',
      recordId: penalty.id,
      cause: 'revoked',
      reason: '行政复议决定撤销（虚构）',
    });
    // Nothing comes back that does not stand any more.
    expect(story.on('2026-03-02').refusal('otherApprover', falseMaterial).code).toBe('listing.basis-gone');
    expect(story.told).not.toContain('penalty-publication-resumed');
  });

  test('is shown again when the removal was false', () => {
    const story = removedOn('2026-01-05').on('2026-03-02').does('otherApprover', falseMaterial);
    expect(story.told.slice(-1)).toEqual(['penalty-publication-resumed']);
    expect(story.state.records).toEqual([penalty]);
  });
});
