import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkCitizenId, checkCreditCode, isSubjectKind, SUBJECT_KINDS } from '#kernel';
import { seedsFolder } from './load.js';

interface DemoSubject {
  ref: string;
  kind: string;
  name: string;
  region: string;
  creditCode?: string;
  citizenId?: string;
}
interface DemoLink {
  kind: string;
  organisation: string;
  party: string;
}

const folder = join(seedsFolder(), 'demo');
const { subjects, links } = JSON.parse(readFileSync(join(folder, 'subjects.json'), 'utf8')) as {
  subjects: DemoSubject[];
  links: DemoLink[];
};

describe('demo subjects', () => {
  it('are 200 of all seven kinds, every one marked as fictitious', () => {
    expect(subjects).toHaveLength(200);
    expect(new Set(subjects.map((subject) => subject.kind))).toEqual(new Set(SUBJECT_KINDS));
    expect(subjects.filter((subject) => !isSubjectKind(subject.kind))).toEqual([]);
    expect(subjects.filter((subject) => !subject.name.endsWith('（虚构）'))).toEqual([]);
  });

  it('carry one valid code each, no code and no name twice', () => {
    const codes = subjects.map((subject) => subject.creditCode ?? subject.citizenId);
    expect(new Set(codes).size).toBe(200);
    expect(new Set(subjects.map((subject) => subject.name)).size).toBe(200);
    for (const subject of subjects) {
      if (subject.kind === 'natural-person') {
        expect(checkCitizenId(subject.citizenId ?? '').ok).toBe(true);
        // Division 230199 is not in GB/T 2260: nobody has such a number.
        expect(subject.citizenId).toMatch(/^230199/);
      } else {
        expect(checkCreditCode(subject.creditCode ?? '')).toEqual({ ok: true });
      }
    }
  });

  it('are linked to each other, persons to organisations', () => {
    const kinds = new Map(subjects.map((subject) => [subject.ref, subject.kind]));
    for (const link of links) {
      expect(kinds.get(link.organisation)).toBe('enterprise');
      expect(kinds.get(link.party)).toBe(link.kind === 'subsidiary' ? 'enterprise' : 'natural-person');
    }
    expect(new Set(links.map((link) => link.kind))).toEqual(
      new Set(['legal-representative', 'actual-controller', 'subsidiary']),
    );
  });

  it('come out of the generator byte by byte as they stand here', () => {
    const out = mkdtempSync(join(tmpdir(), 'chengxin-demo-'));
    try {
      execFileSync(process.execPath, [join(folder, 'generate.mjs'), out]);
      for (const name of ['subjects.json', 'penalties.csv', 'penalties.expected.json']) {
        expect(readFileSync(join(out, name), 'utf8') === readFileSync(join(folder, name), 'utf8')).toBe(true);
      }
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
