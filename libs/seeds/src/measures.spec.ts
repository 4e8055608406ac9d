import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadSeeds, seedsFolder } from './load.js';

const measures = loadSeeds('measures');
const original = readFileSync(join(seedsFolder(), 'sources', 'heilongjiang-2022.txt'), 'utf8');

/** What a reader of the opinion finds, read apart from the seed: heading, wording, bracket. */
interface Printed {
  number: number;
  section: string;
  sectionNumber: number;
  title: string;
  text: string;
  leadUnits: string[];
  responsibleUnits: string[];
  deadline: string;
}

const DIGITS = '一二三四五六七八九';
function chineseNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  const digit = (one: string | undefined) => DIGITS.indexOf(one ?? '') + 1;
  return (text.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 : 0) + (ones === '' ? 0 : digit(ones));
}

/** 「2022年12月底前」 is on or before the last day of the month. */
function lastDayOf(deadline: string): string {
  const [, year, month] = /^(\d{4})年(\d{1,2})月底前$/.exec(deadline) ?? [];
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}

/** Units divide at 、 and ,; a unit glued to a collective by 等 gives both (measures 1, 4, 29, 37). */
function unitsOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[、,]/)
    .flatMap((part) => part.split(/等(?=中省直)/))
    .filter(Boolean);
}

function printed(text: string): Printed[] {
  const found: Printed[] = [];
  let section = '';
  let sectionNumber = 0;
  for (const line of text.split(/\r?\n/)) {
    const heading = /^([一二三四五六七八九十]+)、(.+)$/.exec(line);
    if (heading) {
      sectionNumber = chineseNumber(heading[1] ?? '');
      section = heading[2] ?? '';
    }
    const measure = /^\(([一二三四五六七八九十]+)\)(.+?)。(.*)〔(.+)〕\s*$/.exec(line);
    if (!measure) continue;
    const [, number = '', title = '', wording = '', bracket = ''] = measure;
    const parts = new Map(bracket.split(';').map((part) => part.split(':') as [string, string]));
    found.push({
      number: chineseNumber(number),
      section,
      sectionNumber,
      title,
      text: wording,
      leadUnits: unitsOf(parts.get('牵头单位')),
      responsibleUnits: unitsOf(parts.get('责任单位')),
      deadline: lastDayOf(parts.get('完成时限') ?? ''),
    });
  }
  return found;
}

describe('the 45 measures', () => {
  it('say what the provincial opinion prints, string by string', () => {
    const seeded = measures.map(
      ({ number, section, sectionNumber, title, text, leadUnits, responsibleUnits, deadline }): Printed => ({
        number,
        section,
        sectionNumber,
        title,
        text,
        leadUnits,
        responsibleUnits,
        deadline,
      }),
    );
    expect(seeded).toEqual(printed(original));
    expect(seeded).toHaveLength(45);
  });

  it('keep the sizes of the 15 sections', () => {
    const sizes = Array.from({ length: 15 }, (_, index) => {
      return measures.filter((measure) => measure.sectionNumber === index + 1).length;
    });
    expect(sizes).toEqual([2, 2, 4, 3, 3, 2, 2, 3, 4, 3, 3, 3, 4, 3, 4]);
  });

  it('give measure 39 no lead, as printed, and one accountable unit', () => {
    const [measure] = measures.filter((one) => one.leadUnits.length === 0);
    expect(measure).toMatchObject({ number: 39, responsibleUnits: ['省营商环境局'], deadline: '2023-12-31' });
  });

  it('fall due as counted by hand', () => {
    const due = (day: string) => measures.filter((measure) => measure.deadline === day).length;
    expect([due('2022-12-31'), due('2023-12-31'), due('2024-12-31'), due('2025-12-31')]).toEqual([
      3, 4, 3, 35,
    ]);
  });
});
