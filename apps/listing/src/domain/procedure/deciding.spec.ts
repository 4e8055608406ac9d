import { describe, expect, test } from '@jest/globals';
import {
  approval,
  consent,
  decision,
  defence,
  inForce,
  notice,
  type Opening,
  penalty,
  person,
  publication,
  publicNotice,
  review,
  rulesOn,
  service,
  Story,
} from '../../../specs/story.js';
import { latestEnd } from '../term/term.js';
import { remediesOf as against } from './decision-texts.js';

const PERSON_ID = '0192f0c4-6c00-7000-8000-000000000002';
const cityBureau = { id: 'hlj.city.230100.market-regulation', level: 'city' } as const;
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: cityBureau,
} as const;
const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2025-03-03' } as const;
const tax = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.tax', level: 'province' },
} as const;

/** Up to the review, on the first day after the defence. */
const reviewed = () =>
  new Story(samr)
    .does('handler', notice('2024-11-04'))
    .on('2024-11-06')
    .does('party', defence)
    .on('2024-11-12')
    .does('reviewer', review());

describe('the list of the seriously dishonest', () => {
  const customs = {
    list: 'CUSTOMS',
    conductKind: 'customs.smuggling',
    openedOn: '2026-03-23',
    department: { id: 'hlj.customs', level: 'province' },
  } as const;
  const telecom = {
    list: 'TELECOM',
    conductKind: 'telecom.police-finding',
    openedOn: '2026-04-07',
    department: { id: 'hlj.public-security', level: 'province' },
  } as const;
  const days = { decidedOn: '2026-04-20', servedOn: '2026-04-21' };

  test('holds the grave of customs (order 282 art. 16), not the other 失信企业', () => {
    expect(new Story(customs).state.serious).toBe(false);
    expect(inForce(customs, days).state.serious).toBe(false);
    expect(inForce({ ...customs, conductKind: 'customs.serious' }, days).state.serious).toBe(true);
  });

  test('holds the criminally punished of telecom fraud (联合惩戒办法 art. 9), not whom the police found', () => {
    expect(inForce(telecom, days).state.serious).toBe(false);
    const convicted = { ...telecom, conductKind: 'telecom.criminal' };
    expect(inForce(convicted, days, { termStartsOn: '2026-06-30' }).state.serious).toBe(true);
  });

  test('a decision names the days of early removal by its own conduct, and none where there is none', () => {
    const conditions = (conductKind: string) => {
      const { state } = inForce({ ...customs, conductKind }, days);
      return 'decision' in state ? state.decision.removalConditions : [];
    };
    expect(conditions('customs.tax-unpaid')).toContainEqual(
      expect.stringMatching(/^提前移出:自列入之日起满3个月/),
    );
    expect(conditions('customs.serious')).toContainEqual(
      expect.stringMatching(/^提前移出:自列入之日起满1年/),
    );
    expect(conditions('customs.smuggling')).toEqual(['列入期限届满']);
  });

  test('tells which body reviews it, and within what time (行政复议法 art. 20, 24, 27)', () => {
    const remediesOf = (opening: Opening, term = {}) => {
      const { state } = inForce(opening, days, term);
      return 'decision' in state ? state.decision.remedies : '';
    };
    expect(remediesOf(telecom)).toBe(
      '对本决定不服的,可以自收到之日起六十日内向黑龙江省人民政府申请行政复议(行政复议法第二十条、第二十四条),或者自收到之日起六个月内向有管辖权的人民法院提起行政诉讼(行政诉讼法第四十六条)',
    );
    expect(remediesOf(customs)).toContain('向上一级主管部门申请行政复议(行政复议法第二十条、第二十七条)');
    const { list } = rulesOn('WAGE', '2022-01-01', '2025-03-03');
    expect(against(list, { region: '230100' })).toContain('向哈尔滨市人民政府申请行政复议');
    expect(against(list, { region: '232700' })).toContain('向大兴安岭地区行政公署申请行政复议');
    expect(against(list, {})).toContain('向本级人民政府申请行政复议');
    // Against a court no administrative review lies, whatever list it keeps.
    expect(against(list, { court: true })).not.toContain('行政');
  });
});

describe('people', () => {
  test('who handle a case do not review it, who handle or review it do not approve it', () => {
    const story = new Story(wage).does('otherHandler', notice('2025-03-03')).on('2025-03-11');
    expect(story.refusal('handler', review()).code).toBe('listing.second-person');
    expect(story.refusal('otherHandler', review()).code).toBe('listing.second-person');
    story.does('reviewer', review());
    expect(story.refusal('reviewer', approval).code).toBe('listing.third-person');
    expect(story.refusal('handler', approval).code).toBe('listing.third-person');
    expect(story.does('approver', approval).status).toBe('approved');
  });

  test('list nobody against the reviewer', () => {
    const story = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-11')
      .does('reviewer', review('do-not-list'));
    expect(story.refusal('approver', approval).code).toBe('listing.opinion-against');
  });
});

describe('consent from above (order 44 art. 22)', () => {
  test('is needed by a city bureau before its approval', () => {
    const story = reviewed();
    expect(story.refusal('approver', approval)).toEqual({
      code: 'listing.consent-missing',
      facts: { superior: 'hlj.market-regulation' },
    });
    expect(story.does('superior', consent()).status).toBe('consented');
    expect(
      story
        .does('approver', approval)
        .does('handler', decision)
        .on('2024-11-14')
        .does('handler', service('2024-11-14')).status,
    ).toBe('in-force');
  });

  test('refused leaves the case where it is, and may be given later', () => {
    const story = reviewed().does('superior', consent(false));
    expect(story.status).toBe('reviewed');
    expect(story.refusal('approver', approval).code).toBe('listing.consent-missing');
    expect(story.does('superior', consent()).status).toBe('consented');
  });

  test('is not asked of the provincial department, nor for other lists', () => {
    const province = { ...samr, department: { id: 'hlj.market-regulation', level: 'province' } } as const;
    const story = new Story(province)
      .does('handler', notice('2024-11-04'))
      .on('2024-11-12')
      .does('reviewer', review());
    expect(story.refusal('superior', consent()).code).toBe('listing.consent-not-demanded');
    expect(story.does('approver', approval).status).toBe('approved');
  });
});

describe('the decision', () => {
  test('carries reasons, basis, term, removal conditions and remedies (ordinance art. 28)', () => {
    const story = reviewed()
      .does('superior', consent())
      .does('approver', approval)
      .on('2024-11-13')
      .does('handler', decision);
    expect(story.state).toMatchObject({
      status: 'decided',
      rulesVersion: '2021-09-01',
      decision: {
        decidedOn: '2024-11-13',
        basis: expect.arrayContaining([
          expect.objectContaining({ instrument: '市场监督管理严重违法失信名单管理办法' }),
        ]),
        removalConditions: expect.arrayContaining([
          '列入期限届满',
          expect.stringMatching(/^提前移出:自列入之日起满1年,并具备下列条件:.+、/),
        ]),
        remedies: expect.stringContaining('六十日'),
        term: { period: { count: 3, unit: 'year' }, startsAt: 'listing', ends: 'term' },
      },
    });
  });

  test('is kept with the version of the day on which it is made', () => {
    // Opened under order 44 alone, decided when order 107 governs repair (2025-12-25).
    const story = new Story({ ...samr, openedOn: '2025-12-15' }).does('handler', notice('2025-12-15'));
    expect(story.state.rulesVersion).toBe('2021-09-01');
    story
      .on('2025-12-26')
      .does('reviewer', review())
      .does('superior', consent())
      .does('approver', approval)
      .does('handler', decision);
    expect(story.state.rulesVersion).toBe('2025-12-25');
  });

  test('sets the term itself where the rule leaves it to the decision, and only there', () => {
    const research = {
      list: 'RESEARCH',
      conductKind: 'research.paper-trade',
      openedOn: '2026-04-07',
      department: { id: 'hlj.science', level: 'province' },
    } as const;
    const story = new Story(research)
      .does('handler', notice('2026-04-07', '2026-04-14'))
      .on('2026-04-15')
      .does('reviewer', review())
      .does('approver', approval);
    const limited = { ...decision, gravity: 'limited' } as const;
    expect(story.refusal('handler', decision).code).toBe('listing.term-needed');
    expect(story.refusal('handler', { ...decision, termMonths: 24 }).code).toBe('listing.gravity-needed');
    expect(story.refusal('handler', { ...limited, termEndsOn: '2026-04-15' }).code).toBe(
      'listing.date-too-early',
    );
    expect(story.refusal('handler', { ...limited, termMonths: 24, permanent: true }).code).toBe(
      'listing.term-twice',
    );
    expect(story.refusal('handler', { ...limited, termMonths: 24, extraYears: 1 }).code).toBe(
      'listing.term-fixed',
    );
    story
      .does('handler', { ...limited, termMonths: 24 })
      .on('2026-04-16')
      .does('handler', service('2026-04-16'));
    expect(story.dueOn('expiry')).toBe('2028-04-16');
    const wageStory = new Story(wage)
      .does('handler', notice('2025-03-03'))
      .on('2025-03-12')
      .does('reviewer', review())
      .does('approver', approval);
    for (const set of [{ termEndsOn: '2030-01-01' }, { termMonths: 48 }, { permanent: true }] as const)
      expect(wageStory.refusal('handler', { ...decision, ...set }).code).toBe('listing.term-fixed');
  });

  test('of the court binds when made; it is served afterwards', () => {
    const story = new Story({
      list: 'COURT',
      conductKind: 'court.evasion',
      openedOn: '2025-03-03',
      department: { id: 'hlj.court', level: 'province' },
    });
    story
      .does('handler', notice('2024-12-02'))
      .does('reviewer', review())
      .does('approver', approval)
      .does('handler', decision);
    expect(story.state).toMatchObject({
      status: 'in-force',
      inForceOn: '2025-03-03',
      service: null,
      term: { endsOn: '2027-03-03' },
    });
    expect(story.on('2025-03-07').does('handler', service('2025-03-07')).state).toMatchObject({
      status: 'in-force',
      service: { servedOn: '2025-03-07' },
    });
    expect(story.refusal('handler', service('2025-03-07')).code).toBe('listing.already-served');
    expect('decision' in story.state && story.state.decision.remedies).toContain('上一级人民法院');
  });
});

describe('service', () => {
  const decided = () =>
    reviewed()
      .does('superior', consent())
      .does('approver', approval)
      .on('2024-11-13')
      .does('handler', decision);

  test('brings the listing in force on its day', () => {
    const story = decided().on('2024-11-15').does('handler', service('2024-11-14'));
    expect(story.state).toMatchObject({
      status: 'in-force',
      inForceOn: '2024-11-14',
      term: { startsOn: '2024-11-14', endsOn: '2027-11-14' },
    });
  });

  test('cannot lie before the decision or ahead', () => {
    expect(decided().refusal('handler', service('2024-11-12')).code).toBe('listing.date-too-early');
    expect(decided().refusal('handler', service('2024-11-14')).code).toBe('listing.date-in-future');
  });

  test('by public notice takes effect thirty days after it was issued (民事诉讼法 art. 95)', () => {
    const story = decided().does('handler', {
      type: 'service',
      ...publicNotice('2024-11-13'),
    });
    expect(story.status).toBe('served');
    expect(story.dueOn('in-force')).toBe('2024-12-13');
    expect(story.on('2024-12-12').does('platform', { type: 'take-effect' }).status).toBe('served');
    expect(story.on('2024-12-14').does('platform', { type: 'take-effect' }).state).toMatchObject({
      status: 'in-force',
      inForceOn: '2024-12-13',
    });
  });
});

describe('the term', () => {
  const days = { decidedOn: '2025-03-12', servedOn: '2025-03-14' };

  test('of the wage list runs three years from the decision', () => {
    const story = inForce(wage, days);
    expect(story.state).toMatchObject({
      inForceOn: '2025-03-14',
      term: { startsOn: '2025-03-12', endsOn: '2028-03-12' },
    });
  });

  test('of market regulation runs three years from the listing', () => {
    expect(inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' }).state).toMatchObject({
      term: { endsOn: '2027-11-14' },
    });
  });

  test('of the tax list runs three years from publication, and not before', () => {
    const story = inForce(tax, days);
    expect(story.state).toMatchObject({ term: { startsOn: null, endsOn: null } });
    expect(story.dueOn('expiry')).toBeUndefined();
    story.on('2025-04-10').does('secrecy', publication);
    expect(story.dueOn('expiry')).toBe('2028-04-10');
  });

  test('from publication begins with the secrecy review where publication is withheld', () => {
    const story = inForce(tax, days)
      .on('2025-04-10')
      .does('secrecy', { type: 'publication', secrecyReview: 'not-passed', text: '涉密' });
    expect(story.state).toMatchObject({
      publication: { status: 'withheld' },
      term: { endsOn: '2028-04-10' },
    });
    expect(story.dueOn('publication')).toBeUndefined();
  });

  test('follows the conduct kind where it has its own', () => {
    // 282号: 失信 one year, 严重失信 three, both from service.
    const customs = {
      list: 'CUSTOMS',
      conductKind: 'customs.penalties',
      openedOn: '2026-04-07',
      department: { id: 'hlj.customs', level: 'province' },
    } as const;
    const on = { decidedOn: '2026-04-20', servedOn: '2026-04-21' };
    expect(inForce(customs, on).dueOn('expiry')).toBe('2027-04-21');
    expect(inForce({ ...customs, conductKind: 'customs.serious' }, on).dueOn('expiry')).toBe('2029-04-21');
  });

  test('from the penalty counts from the latest record', () => {
    const proc = {
      list: 'PROC',
      conductKind: 'proc.fine',
      openedOn: '2025-03-03',
      department: { id: 'hlj.finance', level: 'province' },
      records: [penalty, { ...penalty, id: '0192f0c4-6c00-7000-8000-0000000000a2', decidedOn: '2025-02-10' }],
    } as const;
    expect(inForce({ ...proc, records: [...proc.records] }, days).dueOn('expiry')).toBe('2028-02-10');
  });

  test('of a ban in procurement ends with the ban, and with no other day (财办库〔2014〕526号)', () => {
    const story = new Story({
      list: 'PROC',
      conductKind: 'proc.supplier-ban',
      openedOn: '2025-03-03',
      department: { id: 'hlj.finance', level: 'province' },
      records: [{ ...penalty, decidedOn: '2025-02-20' }],
    });
    story.does('handler', notice('2025-03-03', '2025-03-10')).on('2025-03-12').does('reviewer', review());
    story.does('approver', approval);
    const code = (set: object) => story.refusal('handler', { ...decision, ...set }).code;
    expect(code({})).toBe('listing.ban-end-needed');
    expect(code({ termMonths: 12 })).toBe('listing.term-fixed');
    expect(code({ termEndsOn: '2025-03-12' })).toBe('listing.date-too-early');
    // One to three years: the shortest from the penalty on, its first day counted, the longest from today on.
    expect(story.refusal('handler', { ...decision, termEndsOn: '2026-02-18' })).toEqual({
      code: 'listing.ban-outside-law',
      facts: { earliest: '2026-02-19', latest: '2028-03-12' },
    });
    expect(code({ termEndsOn: '2028-03-13' })).toBe('listing.ban-outside-law');
    story.does('handler', { ...decision, termEndsOn: '2026-02-19' }).does('handler', service('2025-03-12'));
    expect(story.dueOn('expiry')).toBe('2026-02-19');
    story.on('2026-02-20').does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'expired', endedOn: '2026-02-20' } });
  });

  test('needs its first day where no step of the case fixes it', () => {
    const telecom = {
      list: 'TELECOM',
      conductKind: 'telecom.criminal',
      openedOn: '2025-03-03',
      department: { id: 'hlj.public-security', level: 'province' },
    } as const;
    const story = new Story(telecom)
      .does('handler', notice('2025-03-03'))
      .does('reviewer', review())
      .does('approver', approval);
    expect(story.refusal('handler', decision).code).toBe('listing.term-start-needed');
    story.does('handler', { ...decision, termStartsOn: '2026-06-30' }).does('handler', service('2025-03-03'));
    expect(story.dueOn('expiry')).toBe('2029-06-30');
  });

  test('of the research database keeps to the bounds of its gravity, a manager to those of the unit (art. 21)', () => {
    const research = {
      list: 'RESEARCH',
      conductKind: 'research.management',
      openedOn: '2026-04-07',
      department: { id: 'hlj.science', level: 'province' },
    } as const;
    const approved = (story: Story) =>
      story
        .does('handler', notice('2026-04-07', '2026-04-14'))
        .on('2026-04-15')
        .does('reviewer', review())
        .does('approver', approval);
    const manager = {
      subject: { ...person, id: PERSON_ID },
      capacity: 'directly-responsible-manager',
      bornOn: '1980-05-05',
    };
    const opening = { ...research, persons: [manager as never] };
    const [unit, own] = [approved(new Story(opening)), approved(new Story(opening).companion(0))];
    const scientist = approved(new Story({ ...research, subject: person, bornOn: '1980-05-05' }));
    const months = (story: Story, gravity: 'limited' | 'serious' | 'grave', termMonths: number) => {
      try {
        story.refusal('handler', { ...decision, gravity, termMonths });
      } catch {
        return true;
      }
      return false;
    };
    const taken = (story: Story) => [
      months(story, 'limited', 24),
      months(story, 'limited', 36),
      months(story, 'serious', 24),
      months(story, 'serious', 25),
      months(story, 'serious', 60),
      months(story, 'grave', 60),
      months(story, 'grave', 61),
    ];
    const organisation = [true, false, false, true, true, false, true];
    expect([taken(unit), taken(own)]).toEqual([organisation, organisation]);
    expect(taken(scientist)).toEqual([true, true, false, false, true, false, true]);
  });

  test('for good has no expiry, and the decision says so', () => {
    const story = inForce(
      {
        list: 'RESEARCH',
        conductKind: 'research.paper-trade',
        openedOn: '2026-04-07',
        department: { id: 'hlj.science', level: 'province' },
      },
      { decidedOn: '2026-04-20', servedOn: '2026-04-21' },
      { gravity: 'grave', permanent: true },
    );
    expect(story.state).toMatchObject({
      term: { startsOn: '2026-04-21', endsOn: null },
      decision: { removalConditions: expect.arrayContaining(['永久列入,不因期限届满移出']) },
    });
    expect(story.dueOn('expiry')).toBeUndefined();
  });

  test('of market regulation follows a longer ban, also where service came later than thought (order 44)', () => {
    const days = { decidedOn: '2024-11-13', servedOn: '2024-11-14' };
    expect(inForce(samr, days, { termEndsOn: '2029-11-13' }).dueOn('expiry')).toBe('2029-11-13');
    expect(
      inForce(samr, { ...days, servedOn: '2024-12-20' }, { termEndsOn: '2027-11-20' }).dueOn('expiry'),
    ).toBe('2027-12-20');
  });

  test('is corrected to no later end than that of its ban, or of its row of terms', () => {
    const plan = {
      startsAt: 'decision',
      period: { count: 2, unit: 'year' },
      startsOn: null,
      ends: 'term',
    } as const;
    expect(latestEnd({ ...plan, endsOn: '2031-03-09' }, { startsOn: '2026-03-09' })).toBe('2031-03-09');
    const after = { endsOn: '2029-01-13', noLaterThan: '2030-01-13' };
    expect(latestEnd({ ...plan, endsOn: null, after }, { startsOn: '2029-01-13' })).toBe('2030-01-13');
    expect(latestEnd({ ...plan, endsOn: null, after }, { startsOn: '2029-05-04' })).toBe('2031-05-04');
  });

  test('has no end where the entry stays until performed', () => {
    const gov = {
      list: 'GOV',
      conductKind: 'gov.arrears',
      openedOn: '2025-03-03',
      department: { id: 'hlj.business-environment', level: 'province' },
    } as const;
    const story = inForce(
      { ...gov, subject: { ...new Story(wage).state.subject, kind: 'government-body' } },
      days,
    );
    expect(story.state).toMatchObject({ term: { endsOn: null } });
    expect(story.dueOn('expiry')).toBeUndefined();
  });
});

describe('publication', () => {
  test('of market regulation is due 20 working days after the decision', () => {
    // 2024-12: no holidays; 1 January 2025 is off.
    expect(inForce(samr, { decidedOn: '2024-12-05', servedOn: '2024-12-06' }).dueOn('publication')).toBe(
      '2025-01-03',
    );
  });

  test('of the tax list is due on the 15th of the month after service', () => {
    expect(inForce(tax, { decidedOn: '2025-11-28', servedOn: '2025-12-01' }).dueOn('publication')).toBe(
      '2026-01-15',
    );
  });

  test('waits for the listing to be in force, and happens once', () => {
    const decided = reviewed()
      .does('superior', consent())
      .does('approver', approval)
      .on('2024-11-13')
      .does('handler', decision);
    expect(decided.refusal('secrecy', publication).code).toBe('listing.action-not-possible');
    const story = decided.does('handler', service('2024-11-13')).does('secrecy', publication);
    expect(story.state).toMatchObject({ publication: { status: 'published', publishedOn: '2024-11-13' } });
    expect(story.refusal('secrecy', publication).code).toBe('listing.already-published');
  });

  test('withheld by one review may be passed by a later one', () => {
    const story = inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
    story
      .does('secrecy', { type: 'publication', secrecyReview: 'not-passed', text: '涉及商业秘密' })
      .on('2024-12-02')
      .does('secrecy', publication);
    expect(story.state).toMatchObject({
      publication: { status: 'published', publishedOn: '2024-12-02' },
      term: { endsOn: '2027-11-14' },
    });
  });

  test('is refused for what is never public', () => {
    const telecom = {
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      openedOn: '2025-03-03',
      department: { id: 'hlj.public-security', level: 'province' },
    } as const;
    const story = inForce(telecom, { decidedOn: '2025-03-12', servedOn: '2025-03-14' });
    expect(story.refusal('secrecy', publication).code).toBe('listing.not-public');
  });
});
