import { expect, test } from '@jest/globals';
import { listTypeOn, loadSeeds } from '#seeds';
import { type EarlierEnd, relistingBar } from './relisting.js';

const court = listTypeOn(loadSeeds('list-types'), 'COURT', '2025-06-02')!;
const deleted: EarlierEnd = {
  caseNo: 'COURT-2025-000001',
  endedOn: '2025-03-05',
  ground: 'court-creditor-asks',
  askedBy: '债权人甲（虚构）',
};
const barOf = (ends: EarlierEnd[], requestedBy: string | null, today: string) =>
  relistingBar(court.relisting ?? [], ends, { requestedBy, today });

test('the creditor who had the entry deleted cannot bring it back for six months', () => {
  expect(barOf([deleted], '债权人甲（虚构）', '2025-09-05')).toEqual({
    caseNo: 'COURT-2025-000001',
    until: '2025-09-05',
  });
  expect(barOf([deleted], '债权人甲（虚构）', '2025-09-06')).toBeUndefined();
});

test('another creditor can, and the court by itself can', () => {
  expect(barOf([deleted], '债权人乙（虚构）', '2025-04-01')).toBeUndefined();
  expect(barOf([deleted], null, '2025-04-01')).toBeUndefined();
});

test('an entry that ended otherwise bars nobody', () => {
  const performed = { ...deleted, ground: 'court-duty-performed' };
  expect(barOf([performed], '债权人甲（虚构）', '2025-04-01')).toBeUndefined();
});
