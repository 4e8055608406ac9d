import { describe, expect, test } from '@jest/globals';
import {
  acceptance,
  enterprise,
  granting,
  inForce,
  type Opening,
  removalDecision,
  request,
  REQUEST,
  type Story,
  verification,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

/* Who stays until a duty is performed, a fault cured, or until the party asks: what is found before it goes, and when. */

const society = { ...enterprise, kind: 'social-organisation' } as const;
const openings = {
  abnormal: {
    list: 'SAMRABN',
    conductKind: 'samrabn.annual-report',
    openedOn: '2026-05-06',
    department: { id: 'hlj.market-regulation', level: 'province' },
  },
  charity: {
    list: 'CHARITY',
    conductKind: 'charity.annual-report',
    openedOn: '2025-03-03',
    subject: society,
    department: { id: 'hlj.civil-affairs', level: 'province' },
  },
  society: {
    list: 'SOCORG',
    conductKind: 'socorg.two-years-abnormal',
    openedOn: '2024-03-04',
    subject: society,
    department: { id: 'hlj.civil-affairs', level: 'province' },
  },
  government: {
    list: 'GOV',
    conductKind: 'gov.arrears',
    openedOn: '2026-05-06',
    subject: { ...enterprise, kind: 'government-body' },
    department: { id: 'hlj.business-environment', level: 'province' },
  },
  court: {
    list: 'COURT',
    conductKind: 'court.able-refuses',
    openedOn: '2026-05-06',
    department: { id: 'hlj.court', level: 'province' },
  },
  safety: {
    list: 'SAFETY',
    conductKind: 'safety.major-accident',
    openedOn: '2025-03-03',
    department: { id: 'hlj.emergency', level: 'province' },
  },
} as const satisfies Record<string, Opening>;

const conditionsOf = (story: Story) =>
  ('removalRequest' in story.state && story.state.removalRequest?.conditions) || [];
const empty: Command = {
  type: 'repair-verification',
  requestId: REQUEST,
  text: '经核实',
  conditions: [],
  bars: [],
};

describe('leaving on application', () => {
  test('the abnormal directory: cured, and decided within two working days of the request (order 107)', () => {
    const story = inForce(openings.abnormal, { decidedOn: '2026-05-07', servedOn: '2026-05-08' });
    story.on('2026-06-01').does('party', request('2026-05-29'));
    expect(conditionsOf(story)).toEqual(['cured']);
    expect(story.dueOn('repair-decision')).toBe('2026-06-03');
    story.does('handler', acceptance());
    // Nothing is granted on an empty verification.
    expect(story.refusal('handler', empty).code).toBe('listing.verification-incomplete');
    story.does('handler', verification(story, ['cured']));
    expect(story.refusal('approver', removalDecision()).code).toBe('listing.repair-condition-unmet');
    story.does('handler', verification(story)).does('approver', removalDecision());
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'performed' } });
  });

  test('the directory of charities: within five working days of the verification (order 60)', () => {
    const story = inForce(openings.charity, { decidedOn: '2025-03-18', servedOn: '2025-03-19' });
    story.on('2025-06-02').does('party', request('2025-05-30'));
    expect(story.dueOn('repair-decision')).toBeUndefined();
    story.does('handler', acceptance()).on('2025-06-09').does('handler', verification(story));
    expect(story.dueOn('repair-decision')).toBe('2025-06-16');
    // Found once more, the days do not begin anew.
    story.on('2025-06-12').does('handler', verification(story));
    expect(story.dueOn('repair-decision')).toBe('2025-06-16');
  });

  test('where nothing can be cured, after six months', () => {
    const story = inForce(openings.charity, { decidedOn: '2025-03-18', servedOn: '2025-03-19' });
    const way = request('2025-03-20', [], { way: 0 });
    expect(story.on('2025-09-19').refusal('party', way).facts).toEqual({ eligibleOn: '2025-09-20' });
    expect(conditionsOf(story.on('2025-09-22').does('party', way))).toEqual(['nothing-to-cure']);
  });

  test('the serious list of social organisations: two clean years, and cured where it came from the directory', () => {
    const days = { decidedOn: '2024-03-20', servedOn: '2024-03-21' };
    const story = inForce(openings.society, days).on('2026-03-23').does('party', request('2025-05-06'));
    expect(conditionsOf(story)).toEqual(['two-clean-years', 'cured']);
    const fined = inForce({ ...openings.society, conductKind: 'socorg.fine' }, days).on('2026-03-23');
    expect(conditionsOf(fined.does('party', request('2025-05-06')))).toEqual(['two-clean-years']);
    expect(fined.does('handler', acceptance()).refusal('handler', empty).code).toBe(
      'listing.verification-incomplete',
    );
  });

  test('a government body: performed and confirmed, within the general days of order 36 art. 16', () => {
    const story = inForce(openings.government, { decidedOn: '2026-05-11', servedOn: '2026-05-11' });
    story.on('2026-06-01').does('party', request('2026-05-29'));
    expect(conditionsOf(story)).toEqual(['performance-confirmed']);
    expect([story.dueOn('repair-acceptance'), story.dueOn('repair-decision')]).toEqual([
      '2026-06-04',
      '2026-06-15',
    ]);
    expect(granting(story).status).toBe('ended');
  });

  test('the court list without term: one of the seven grounds, found by the court within three working days', () => {
    const story = inForce(openings.court, { decidedOn: '2026-05-06', servedOn: '2026-05-06' }).on(
      '2026-06-01',
    );
    expect(story.refusal('party', request('2026-05-29')).code).toBe('listing.removal-ground-needed');
    const early = { ground: 'court-active-performance' };
    expect(story.refusal('party', request('2026-05-29', [], early)).code).toBe(
      'listing.removal-ground-needed',
    );
    story.does('party', request('2026-05-29', [], { ground: 'court-duty-performed' }));
    expect(conditionsOf(story)).toEqual(['court-duty-performed']);
    expect(story.dueOn('repair-decision')).toBe('2026-06-04');
  });
});

describe('early removal from a list that names no days', () => {
  const asked = (day: string): Story => {
    const story = inForce(openings.safety, { decidedOn: '2025-03-11', servedOn: '2025-03-12' });
    return story.on(day).does('party', request('2025-04-01'));
  };

  test('has the general ones since order 36: three working days to accept, seven to answer, ten more', () => {
    const story = asked('2026-06-01');
    expect(story.dueOn('repair-acceptance')).toBe('2026-06-04');
    story.does('handler', acceptance());
    expect(story.dueOn('repair-decision')).toBe('2026-06-10');
    story.does('approver', { type: 'repair-extension', requestId: REQUEST, reasons: '复杂' });
    expect(story.dueOn('repair-decision')).toBe('2026-06-25');
  });

  test('had none before it: the days of order 58 are from memory, and bind nobody here', () => {
    expect(asked('2026-03-16').dueOn('repair-decision')).toBeUndefined();
  });
});
