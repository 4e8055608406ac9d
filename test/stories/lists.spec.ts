import { describe, it } from '@jest/globals';
import { walkList, type ListStory } from '../tour/list-walk.js';
import { silentNarrator } from '../tour/narrator.js';
import { World } from '../tour/world.js';

/* Lists with a way of their own, over the seven services; SAMR and WAGE are walked in main-job.spec.ts. */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 500;

const stories: ListStory[] = [
  {
    title: 'TAX: paid before publication, so nothing is shown',
    list: 'TAX',
    conductKind: 'tax.evasion',
    unit: 'hlj.tax',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: {
      opened: '2025-03-03',
      decided: '2025-03-11',
      served: '2025-03-12',
      published: '2025-03-13',
      ended: '2025-03-17',
    },
    inForce: { rulesVersion: '2022-02-01', termEndsOn: '2028-03-13' },
    meanwhile: async ({ walk }) => {
      const paid = { paidOn: '2025-03-13', reason: '公布前已缴清（虚构）' };
      await walk.act(world.person('approver.hlj.tax'), 'hold-back', paid, 'in-force');
      const publication = { secrecyReview: 'passed', text: '不涉密' };
      await walk.refused(
        world.person('secrecy-reviewer.hlj.tax'),
        'publication',
        publication,
        'listing.held-back',
      );
    },
    shown: false,
  },
  {
    title: 'COURT: a government body, reported above',
    list: 'COURT',
    conductKind: 'court.evasion',
    unit: 'hlj.court',
    codePrefix: '11',
    subjectKind: 'government-body',
    days: {
      opened: '2025-03-03',
      decided: '2025-03-10',
      served: '2025-03-11',
      published: '2025-03-12',
      ended: '2025-03-17',
    },
    inForce: { rulesVersion: '2017-05-01', termEndsOn: '2027-03-10' },
    meanwhile: async ({ walk }) => {
      const letter = {
        letterNo: '（虚构）通报1号',
        to: 'superior',
        unit: 'hlj.finance',
        text: '该单位被纳入失信被执行人名单（虚构）',
        answerDue: '2025-04-11',
      };
      await walk.act(world.person('handler.hlj.court'), 'letters', letter, 'in-force');
    },
    shown: true,
  },
  {
    title: 'CUSTOMS: noticed under order 251, decided under order 282',
    list: 'CUSTOMS',
    conductKind: 'customs.tax-unpaid',
    unit: 'hlj.customs',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: {
      opened: '2026-03-23',
      decided: '2026-04-02',
      served: '2026-04-03',
      published: '2026-04-07',
      ended: '2026-04-10',
    },
    inForce: { rulesVersion: '2026-04-01', termEndsOn: '2027-04-03' },
    shown: true,
  },
  {
    title: 'GOV: until performed',
    list: 'GOV',
    conductKind: 'gov.arrears',
    unit: 'hlj.business-environment',
    codePrefix: '11',
    subjectKind: 'government-body',
    defenceUntil: '2025-03-07',
    days: {
      opened: '2025-03-03',
      decided: '2025-03-10',
      served: '2025-03-11',
      published: '2025-03-12',
      ended: '2025-03-17',
    },
    inForce: { rulesVersion: '2023-08-10', termEndsOn: null },
    shown: true,
  },
  {
    title: 'CHARITY: ten working days, until cured',
    list: 'CHARITY',
    conductKind: 'charity.annual-report',
    unit: 'hlj.civil-affairs',
    codePrefix: '51',
    subjectKind: 'social-organisation',
    days: {
      opened: '2025-03-03',
      decided: '2025-03-18',
      served: '2025-03-19',
      published: '2025-03-20',
      ended: '2025-03-24',
    },
    inForce: { rulesVersion: '2018-01-24', termEndsOn: null },
    shown: true,
  },
];

describe('lists with a way of their own on the whole running system', () => {
  it.each(stories.map((story, index) => [story.title, story, index] as const))(
    '%s',
    (_title, story, index) => walkList(world, run + index, story),
    240_000,
  );
});
