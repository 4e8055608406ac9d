import { describe, expect, test } from '@jest/globals';
import { inForce, notice, people, type Person, Story } from '../../../specs/story.js';
import { type Login, possibleActions, standingFor } from './standing.js';

const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;
const story = () => new Story(samr);
const seat = {
  department: samr.department.id,
  superior: 'hlj.market-regulation',
  subject: { id: 's1', code: '91230100MA1ABCDE8J' },
};
const login = (roles: string[], department?: string, party?: string): Login => ({
  id: 'x',
  roles,
  department,
  party,
});

describe('who may act', () => {
  test('the role and the department that the row names', () => {
    expect(standingFor('notice', 'proposed', login(['handler'], samr.department.id), seat)).toEqual({
      may: true,
      as: 'handler',
    });
    expect(standingFor('notice', 'proposed', login(['reviewer'], samr.department.id), seat)).toEqual({
      may: false,
      lacks: 'role',
      roles: ['handler'],
    });
    expect(standingFor('notice', 'proposed', login(['handler'], 'hlj.human-resources'), seat)).toEqual({
      may: false,
      lacks: 'department',
      owner: samr.department.id,
    });
  });

  test('consent is for the approver of the unit above, not for the bureau itself', () => {
    expect(
      standingFor('consent', 'reviewed', login(['approver'], 'hlj.market-regulation'), seat),
    ).toMatchObject({ may: true });
    expect(standingFor('consent', 'reviewed', login(['approver'], samr.department.id), seat)).toEqual({
      may: false,
      lacks: 'department',
      owner: 'hlj.market-regulation',
    });
    expect(
      standingFor('approval', 'consented', login(['approver'], 'hlj.market-regulation'), seat),
    ).toMatchObject({ may: false });
  });

  test('a party acts in its own case only', () => {
    expect(
      standingFor('defence', 'noticed', login(['party'], undefined, '91230100MA1ABCDE8J'), seat),
    ).toEqual({ may: true, as: 'party' });
    expect(
      standingFor('defence', 'noticed', login(['party'], undefined, '91230100MA1OTHER00'), seat),
    ).toEqual({ may: false, lacks: 'party' });
    expect(standingFor('defence', 'noticed', login(['party']), seat)).toEqual({ may: false, lacks: 'party' });
  });

  test('is told also where the status does not allow the action', () => {
    expect(standingFor('decision', 'proposed', login(['approver'], samr.department.id), seat)).toMatchObject({
      lacks: 'role',
      roles: ['handler'],
    });
  });
});

describe('what somebody may do now', () => {
  const actions = (of: Story, who: Person, as: Login) =>
    possibleActions(of.state, of.rules, of.circumstances(who), { ...as, id: people[who].id }).map(
      ({ action, allowed, refusal }) => (allowed ? action : `${action}: ${refusal?.code}`),
    );

  test('comes from the table, with the reason where a condition does not hold yet', () => {
    const noticed = story().does('handler', notice('2024-11-04'));
    expect(actions(noticed, 'reviewer', login(['reviewer'], samr.department.id))).toEqual([
      'review: listing.defence-open',
    ]);
    expect(actions(noticed, 'party', login(['party'], undefined, '91230100MA1ABCDE8J'))).toEqual([
      'defence',
      'hearing-request',
    ]);
    expect(actions(noticed, 'approver', login(['approver'], samr.department.id))).toEqual([
      'withdrawal',
      'extension: listing.extension-not-provided',
      'reminder',
    ]);
    expect(actions(noticed, 'handler', login(['handler'], 'hlj.human-resources'))).toEqual([]);
  });

  test('is nothing on a case that is over', () => {
    const ended = inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' }).does('approver', {
      type: 'revocation',
      reason: '—',
    });
    expect(actions(ended, 'approver', login(['approver'], samr.department.id))).toEqual([]);
  });
});
