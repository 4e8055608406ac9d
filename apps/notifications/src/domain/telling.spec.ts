import { describe, expect, it } from '@jest/globals';
import { noticesFor, TELLINGS, type Told } from './telling.js';

const ended = {
  fact: 'listing.ended',
  subject: { id: '0192f0c4-6c00-7000-8000-000000000001', kind: 'enterprise', code: '91230100MA1ABCDE8J' },
  owner: 'hlj.market-regulation',
  worthTelling: true,
  names: { caseNo: 'SAMR-2024-000012', listName: '严重违法失信名单', endedOn: '2025-11-20' },
} satisfies Told;

describe('who is told', () => {
  it('given the end of a listing, then party and deciding unit are told, each in both languages', () => {
    const notices = noticesFor(ended);
    expect(notices.map(({ recipient }) => recipient)).toEqual([
      { kind: 'party', id: '91230100MA1ABCDE8J' },
      { kind: 'unit', id: 'hlj.market-regulation' },
    ]);
    expect(notices[0]!.zh).toContain('自 2025-11-20 起移出严重违法失信名单');
    expect(notices[0]!.en).toContain('off the list');
  });

  it('given a natural person, then the subject id is the address, never a number', () => {
    const [party] = noticesFor({
      ...ended,
      subject: { ...ended.subject, kind: 'natural-person', code: null },
    });
    expect(party!.recipient.id).toBe('0192f0c4-6c00-7000-8000-000000000001');
  });

  it('given a clue, which names nobody yet, then only units are told', () => {
    const names = {
      clueName: '拖欠中小企业款项投诉',
      receivedOn: '2026-04-07',
      clock: 'result',
      due: '2026-05-11',
    };
    const late = { owner: 'hlj.city.230100.housing', worthTelling: true, names };
    const [unit, ...others] = noticesFor({ fact: 'clue.overdue', ...late });
    expect(others).toEqual([]);
    expect(unit!.recipient).toEqual({ kind: 'unit', id: 'hlj.city.230100.housing' });
    expect(unit!.zh).toBe(
      '线索(拖欠中小企业款项投诉, 2026-04-07 收到)的时限“result”已于 2026-05-11 届满, 尚未办理',
    );
  });

  it('given a list without a fixed term, then the text says so instead of printing null', () => {
    const [party] = noticesFor({
      ...ended,
      fact: 'listing.in-force',
      names: { listName: '失信被执行人', inForceOn: '2024-11-14', termEndsOn: null },
    });
    expect(party!.zh).toBe('自 2024-11-14 起列入失信被执行人, 至 —');
  });

  it.each([
    ['granted', '答复同意列入', 'consented to the listing'],
    ['refused', '答复不同意列入', 'refused its consent to the listing'],
  ])('given consent that was %s, then the text says so, whatever the opinion', (outcome, zh, en) => {
    const names = {
      caseNo: 'SAMR-2024-000012',
      answeredOn: '2024-11-12',
      opinion: '见附件（虚构）',
      outcome,
    };
    const [unit] = noticesFor({
      fact: 'listing.consent-answered',
      owner: ended.owner,
      worthTelling: true,
      names,
    });
    expect(unit!.zh).toContain(`${zh}: 见附件（虚构）`);
    expect(unit!.en).toContain(en);
  });

  it('given a grade that stayed the same, then nobody is told', () => {
    expect(noticesFor({ ...ended, fact: 'grade.computed', worthTelling: false })).toEqual([]);
  });

  it('every step that burdens or relieves the party tells the party', () => {
    const burdens = [
      'listing.noticed',
      'listing.decided',
      'listing.in-force',
      'listing.published',
      'listing.ended',
      'listing.closed',
      'listing.removal-refused',
      'discipline.applied',
      'discipline.lifted',
    ];
    for (const fact of burdens)
      expect(TELLINGS.find((telling) => telling.fact === fact)?.party).toBeDefined();
  });

  it('no fact is told by two rows', () => {
    expect(new Set(TELLINGS.map(({ fact }) => fact)).size).toBe(TELLINGS.length);
  });
});
