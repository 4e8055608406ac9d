import { describe, it } from '@jest/globals';
import { eventually, type Json, same } from '../tour/api.js';
import { type ListStory, repaired, walkList } from '../tour/list-walk.js';
import { at, type Listed, taxpayer, underEnforcement } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { told } from '../tour/seen.js';
import { World } from '../tour/world.js';

/*
 * Lists with a way of their own, over the seven services, each to the end that its law knows: SAMR and WAGE are walked in
 * main-job.spec.ts, SAFETY in safety.spec.ts.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 500;

/** A letter to another unit, which reads of it, and its answer (ordinance art. 32). */
async function answeredLetter(
  { walk, people }: Listed,
  to: 'superior' | 'owner' | 'audit',
  unit: string,
  days: { sent: string; answered: string },
): Promise<void> {
  await world.moveClock(at(days.sent));
  const letter = {
    letterNo: `（虚构）通报〔${run}〕${to}号`,
    to,
    unit,
    text: '该单位未履行义务,已列入名单（虚构）',
    answerDue: '2025-04-11',
  };
  const sent = await walk.act(people('handler'), 'letters', letter, 'in-force');
  const { id } = sent.oversight.letters.at(-1);
  await told(world, world.person(`handler.${unit}`), walk.id, ['listing.letter-sent']);
  await world.moveClock(at(days.answered));
  const answer = { answeredOn: days.answered, text: '已督促其履行（虚构）' };
  await walk.act(people('handler'), `letters/${id}/answer`, answer, 'in-force');
}

/**
 * Its principal was written down wrong, and it is called otherwise (ordinance art. 39): both go out under a version of
 * their own, which the file, the discipline and the grade confirm.
 */
async function corrected({ walk, people, subject }: Listed): Promise<void> {
  const fields = [{ code: 'responsible', value: '王示例（虚构）' }];
  const wrong = { corrected: { fields }, reasons: '录入有误（虚构）' };
  await walk.act(people('approver'), 'correction', wrong, 'in-force');
  const name = `${subject.name}更名`;
  const body = { name, reason: '机构更名（虚构）' };
  const path = `/api/subjects/${subject.id}`;
  const named = await world.api.call(world.system('hlj.court'), 'PATCH', path, { body, ifMatch: '"1"' });
  same('the name', [named.status, named.body.name], [200, name]);
  const corrections = await eventually('every copy has followed both', async () => {
    const { corrections: made } = await walk.read();
    return made.length === 2 && made.every(({ awaited }: Json) => awaited.length === 0) && made;
  });
  same(
    'what was corrected, and who confirmed which version',
    corrections.map(({ number, changes, confirmations }: Json) => [
      number,
      changes[0].field,
      confirmations.map(({ system }: Json) => system).sort(),
    ]),
    [
      [1, 'caseField', ['grading', 'measures', 'records']],
      [2, 'subjectName', ['grading', 'measures', 'records']],
    ],
  );
  const [entry] = (await world.read(undefined, `/public/listings?code=${subject.code}`)).items;
  const principal = entry.fields.find(({ code }: Json) => code === 'responsible').value;
  same('the register', [entry.name, principal], [name, '王*']);
}

const stories: ListStory[] = [
  {
    title: 'TAX: paid before publication, so nothing is shown; over after three years, by itself',
    list: 'TAX',
    conductKind: 'tax.evasion',
    fields: taxpayer,
    unit: 'hlj.tax',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: { opened: '2023-03-06', decided: '2023-03-14', served: '2023-03-15', published: '2023-03-16' },
    inForce: { rulesVersion: '2022-02-01', termEndsOn: '2026-03-16' },
    meanwhile: async ({ walk }) => {
      const paid = { paidOn: '2023-03-16', reason: '公布前已缴清（虚构）' };
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
    leaves: async ({ walk }) => {
      await world.moveClock(at('2026-03-16'));
      same('on its last day', (await walk.read()).status, 'in-force');
      await world.moveClock(at('2026-03-17'));
      await walk.until('ended', 60_000);
      return '2026-03-17';
    },
    end: 'expired',
  },
  {
    title: 'TAX: paid after publication, let go six months after it',
    list: 'TAX',
    conductKind: 'tax.evasion',
    fields: taxpayer,
    unit: 'hlj.tax',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: { opened: '2025-03-03', decided: '2025-03-11', served: '2025-03-12', published: '2025-03-13' },
    inForce: { rulesVersion: '2022-02-01', termEndsOn: '2028-03-13' },
    shown: true,
    leaves: async (listed) => {
      const paid = { correctedOn: '2025-04-10' };
      await world.moveClock(at('2025-09-12'));
      const request = {
        ...paid,
        commitment: true,
        statement: '已缴清（虚构）',
        materials: ['完税凭证（虚构）'],
      };
      const early = await listed.walk.refused(
        await listed.party(),
        'repairs',
        request,
        'listing.removal-too-early',
      );
      same('six months of publication', early.facts.eligibleOn, '2025-09-14');
      await world.moveClock(at('2025-09-15'));
      return repaired(world, listed, paid, '2025-09-18');
    },
    end: 'early-removal',
  },
  {
    title:
      'COURT: a government body, reported above, deleted when it has performed (法释〔2017〕7号 art. 10)',
    list: 'COURT',
    conductKind: 'court.able-refuses',
    findings: ['security-given', 'seizure-covers', 'later-in-order', 'no-ability'].map((code) => ({
      code,
      found: false,
    })),
    fields: [{ code: 'responsible', value: '李示例（虚构）' }, ...underEnforcement],
    unit: 'hlj.court',
    codePrefix: '11',
    subjectKind: 'government-body',
    days: { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11', published: '2025-03-12' },
    inForce: { rulesVersion: '2017-05-01', termEndsOn: null },
    shown: true,
    leaves: async (listed) => {
      const days = { sent: '2025-03-13', answered: '2025-03-14' };
      await answeredLetter(listed, 'superior', 'hlj.finance', days);
      await corrected(listed);
      await world.moveClock(at('2025-03-17'));
      const performed = { correctedOn: '2025-03-14', ground: 'court-duty-performed' };
      return repaired(world, listed, performed, '2025-03-19');
    },
    end: 'performed',
  },
  {
    title: 'CUSTOMS: noticed under order 251, decided under order 282, adjusted three months later (art. 29)',
    list: 'CUSTOMS',
    conductKind: 'customs.tax-unpaid',
    unit: 'hlj.customs',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: { opened: '2026-03-23', decided: '2026-04-02', served: '2026-04-03', published: '2026-04-07' },
    inForce: { rulesVersion: '2026-04-01', termEndsOn: '2027-04-03' },
    shown: true,
    leaves: async (listed) => {
      await world.moveClock(at('2026-07-06'));
      return repaired(world, listed, { correctedOn: '2026-05-06' }, '2026-07-08');
    },
    end: 'early-removal',
  },
  {
    title: 'CUSTOMS: decided under order 251, whose year has not passed, adjusted under order 282',
    list: 'CUSTOMS',
    conductKind: 'customs.tax-unpaid',
    unit: 'hlj.customs',
    codePrefix: '91',
    subjectKind: 'enterprise',
    days: { opened: '2025-06-03', decided: '2025-06-11', served: '2025-06-12', published: '2025-06-13' },
    inForce: { rulesVersion: '2021-11-01', termEndsOn: '2027-06-12' },
    shown: true,
    leaves: async (listed) => {
      const { walk, party } = listed;
      const paid = { correctedOn: '2025-07-01' };
      await world.moveClock(at('2026-03-31'));
      const request = { ...paid, commitment: true, statement: '已缴清（虚构）', materials: ['税单（虚构）'] };
      const early = await walk.refused(await party(), 'repairs', request, 'listing.removal-too-early');
      same('one year under order 251', early.facts.eligibleOn, '2026-06-13');
      await world.moveClock(at('2026-04-01'));
      const on = await repaired(world, listed, paid, '2026-04-08');
      same('the version under which it was decided', (await walk.read()).rulesVersion, '2021-11-01');
      return on;
    },
    end: 'early-removal',
  },
  {
    title:
      'GOV: told above, to owner and audit, interviewed and ordered to perform (ordinance art. 32), let go when it has',
    list: 'GOV',
    conductKind: 'gov.arrears',
    findings: [{ code: 'urged-and-refused', found: true }],
    unit: 'hlj.business-environment',
    codePrefix: '12',
    subjectKind: 'public-institution',
    publicStanding: 'state-owned',
    defenceUntil: '2025-03-07',
    days: { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11', published: '2025-03-12' },
    inForce: { rulesVersion: '2023-08-10', termEndsOn: null },
    shown: true,
    leaves: async (listed) => {
      const { walk, people } = listed;
      const held = { heldOn: '2025-03-17', with: '主要负责人（虚构）', minutes: '承诺三月底前支付（虚构）' };
      await walk.refused(people('handler'), 'interview', held, 'listing.letter-first');
      const days = { sent: '2025-03-13', answered: '2025-03-14' };
      await answeredLetter(listed, 'superior', 'hlj.finance', days);
      await answeredLetter(listed, 'owner', 'hlj.state-assets', days);
      same('who is still to be told', (await walk.read()).oversight.missing, ['audit']);
      await world.moveClock(at('2025-03-17'));
      await walk.act(people('handler'), 'interview', held, 'in-force');
      const order = {
        orderNo: `（虚构）责令〔${run}〕1号`,
        performBy: '2025-03-31',
        text: '支付货款（虚构）',
      };
      await walk.act(people('approver'), 'performance-order', order, 'in-force');
      await world.moveClock(at('2025-03-27'));
      return repaired(world, listed, { correctedOn: '2025-03-26' }, '2025-03-28');
    },
    end: 'performed',
  },
  {
    title: 'CHARITY: ten working days to be heard, on the directory until it has cured',
    list: 'CHARITY',
    conductKind: 'charity.annual-report',
    unit: 'hlj.civil-affairs',
    codePrefix: '51',
    subjectKind: 'social-organisation',
    days: { opened: '2025-03-03', decided: '2025-03-18', served: '2025-03-19', published: '2025-03-20' },
    inForce: { rulesVersion: '2018-01-24', termEndsOn: null },
    shown: true,
    leaves: async (listed) => {
      await world.moveClock(at('2025-04-15'));
      return repaired(world, listed, { correctedOn: '2025-04-14' }, '2025-04-18');
    },
    end: 'performed',
  },
];

describe('lists with a way of their own on the whole running system', () => {
  it.each(stories.map((story, index) => [story.title, story, index] as const))(
    '%s',
    (_title, story, index) => walkList(world, run + index, story),
    240_000,
  );
});
