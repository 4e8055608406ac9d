import { describe, expect, test } from '@jest/globals';
import { Refusal } from '#kernel';
import { people } from '../../../specs/story.js';
import { answerClue, type Clue, useClue } from './clue.js';

const clue: Clue = {
  id: '0192f0c4-6c00-7000-8000-0000000000e1',
  source: 'complaint',
  content: '某工地拖欠工资（虚构）',
  about: '松江示例建筑有限公司（虚构）',
  department: 'hlj.human-resources',
  receivedOn: '2025-03-03',
  receivedBy: people.handler,
  status: 'received',
};
const document = {
  no: '（虚构）核查〔2025〕1号',
  issuer: '劳动保障监察机构',
  title: '核查笔录',
  issuedOn: '2025-03-05',
};
const on = { today: '2025-03-06', actor: people.handler };
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'not refused';
};

describe('a clue', () => {
  test('verified by a document carries one case', () => {
    const verified = answerClue(clue, { verified: true, reason: '属实', document }, on);
    const used = useClue(verified, 'case-1');
    expect(used).toMatchObject({ status: 'used', caseId: 'case-1', document });
    expect(codeOf(() => useClue(used, 'case-2'))).toBe('clue.used-already');
  });

  test('dropped keeps its reason and carries no case', () => {
    const dropped = answerClue(clue, { verified: false, reason: '查无实据' }, on);
    expect(dropped).toMatchObject({ status: 'dropped', answer: { reason: '查无实据', on: '2025-03-06' } });
    expect(codeOf(() => useClue(dropped, 'case-1'))).toBe('clue.not-verified');
    expect(codeOf(() => answerClue(dropped, { verified: true, reason: '—', document }, on))).toBe(
      'clue.answered-already',
    );
  });

  test('is no finding by itself (ordinance art. 27)', () => {
    expect(codeOf(() => useClue(clue, 'case-1'))).toBe('clue.not-verified');
    expect(codeOf(() => answerClue(clue, { verified: true, reason: '属实' }, on))).toBe(
      'clue.document-missing',
    );
    const ahead = { ...document, issuedOn: '2025-03-07' };
    expect(codeOf(() => answerClue(clue, { verified: true, reason: '属实', document: ahead }, on))).toBe(
      'clue.document-ahead',
    );
  });
});
