import { describe, expect, it } from '@jest/globals';
import type { SubjectKind } from '#kernel';
import { listKeys } from '#seeds';
import { GROUNDS } from '../../../specs/grounds.js';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import { actionsFor } from './allowed-actions.js';

interface Example {
  case: string;
  list: string;
  conduct: string;
  subject: SubjectKind;
  inForce: string;
  /** GB/T 2260 division of the subject; the province when absent */
  region?: string;
  /** rule → executing units, short: `finance` is hlj.finance */
  ordered: Record<string, string[]>;
}

/**
 * Worked examples: a listing, and exactly the measures that the rules order for it, with the departments that
 * execute them. What is not in a row must not be ordered.
 */
const examples: Example[] = [
  {
    case: 'an employer in wage arrears: the eight fields of 支付条例 art. 48, and no commitment procedure (ordinance art. 45)',
    list: 'WAGE',
    conduct: 'wage.amount-of-crime',
    subject: 'enterprise',
    inForce: '2025-03-13',
    ordered: {
      'wage.bidding': ['housing', 'transport', 'water-resources'],
      'wage.fiscal-funds': ['development-reform', 'finance', 'industry', 'science'],
      'wage.honours': ['business-environment', 'human-resources'],
      'wage.interview': ['human-resources'],
      'wage.market-entry': ['housing', 'market-regulation'],
      'wage.no-commitment': ['business-environment'],
      'wage.procurement': ['finance'],
      'wage.tax-preference': ['tax'],
    },
  },
  {
    case: 'the same before the ordinance was in force: no constraint of the province yet',
    list: 'WAGE',
    conduct: 'wage.amount-of-crime',
    subject: 'enterprise',
    inForce: '2022-06-30',
    ordered: {
      'wage.bidding': ['housing', 'transport', 'water-resources'],
      'wage.fiscal-funds': ['development-reform', 'finance', 'industry', 'science'],
      'wage.honours': ['business-environment', 'human-resources'],
      'wage.market-entry': ['housing', 'market-regulation'],
      'wage.procurement': ['finance'],
      'wage.tax-preference': ['tax'],
    },
  },
  {
    case: 'the legal representative listed with the employer: measures of persons only',
    list: 'WAGE',
    conduct: 'wage.mass-incident',
    subject: 'natural-person',
    inForce: '2025-03-13',
    ordered: {
      'wage.civil-service': ['human-resources'],
      'wage.honours': ['business-environment', 'human-resources'],
      'wage.interview': ['human-resources'],
      'wage.no-commitment': ['business-environment'],
      'wage.supervision-office': ['discipline-inspection'],
      'wage.travel': ['transport'],
    },
  },
  {
    case: 'a wage listing before order 45 was in force: no rule, nothing ordered',
    list: 'WAGE',
    conduct: 'wage.amount-of-crime',
    subject: 'enterprise',
    inForce: '2021-12-31',
    ordered: {},
  },
  {
    case: 'a government body cannot be on the wage list: no rule reaches it',
    list: 'WAGE',
    conduct: 'wage.amount-of-crime',
    subject: 'government-body',
    inForce: '2025-03-13',
    ordered: {},
  },
  {
    case: 'food safety, an enterprise: the ban of 食品安全法 art. 135 is considered, the rest required',
    list: 'SAMR',
    conduct: 'samr.food',
    subject: 'enterprise',
    inForce: '2024-11-14',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.food-ban': ['market-regulation'],
      'samr.honour-titles': ['business-environment', 'market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'drugs, an enterprise: neither the food ban nor the drug ban, which binds persons',
    list: 'SAMR',
    conduct: 'samr.drug-device-cosmetics',
    subject: 'enterprise',
    inForce: '2024-11-14',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.honour-titles': ['business-environment', 'market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'false publicity, an enterprise: its representative may not hold that office elsewhere',
    list: 'SAMR',
    conduct: 'samr.false-publicity',
    subject: 'enterprise',
    inForce: '2024-11-14',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.honour-titles': ['business-environment', 'market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.representative-office': ['market-regulation'],
      'samr.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'an individual business: the rules for enterprises (企业信息公示暂行条例 2024) do not reach it, those of the ordinance do',
    list: 'SAMR',
    conduct: 'samr.food',
    subject: 'individual-business',
    inForce: '2024-11-14',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.food-ban': ['market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.no-honours': ['business-environment', 'human-resources'],
      'samr.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'an enterprise listed before the 2024 revision: what came with it is not ordered',
    list: 'SAMR',
    conduct: 'samr.consumer-rights',
    subject: 'enterprise',
    inForce: '2024-04-30',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.no-honours-of-enterprises': ['business-environment', 'human-resources'],
      'samr.procurement-bidding-of-enterprises': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'a person listed for drugs: the ban of persons is considered',
    list: 'SAMR',
    conduct: 'samr.drug-device-cosmetics',
    subject: 'natural-person',
    inForce: '2025-01-06',
    ordered: {
      'samr.drug-ban': ['drug-administration'],
      'samr.interview': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'an enterprise on the court list: no order against persons falls on it',
    list: 'COURT',
    conduct: 'court.evasion',
    subject: 'enterprise',
    inForce: '2025-02-10',
    ordered: {
      'court.consumption': ['court'],
      'court.fiscal-funds': ['development-reform', 'finance'],
      'court.interview': ['business-environment'],
      'court.no-commitment': ['business-environment'],
      'court.no-honours': ['business-environment', 'human-resources'],
      'court.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'a person on the court list after the new company law: office, exit, consumption',
    list: 'COURT',
    conduct: 'court.able-refuses',
    subject: 'natural-person',
    inForce: '2025-02-10',
    ordered: {
      'court.civil-service': ['human-resources'],
      'court.company-office': ['market-regulation'],
      'court.consumption': ['court'],
      'court.exit': ['court'],
      'court.interview': ['business-environment'],
      'court.no-commitment': ['business-environment'],
      'court.no-honours': ['business-environment', 'human-resources'],
      'court.people-assessor': ['court'],
    },
  },
  {
    case: 'the same in 2018: only what was law then',
    list: 'COURT',
    conduct: 'court.able-refuses',
    subject: 'natural-person',
    inForce: '2018-03-05',
    ordered: { 'court.consumption': ['court'], 'court.exit': ['court'] },
  },
  {
    case: 'a government body on the court list: its head is interviewed (ordinance art. 32)',
    list: 'COURT',
    conduct: 'court.able-refuses',
    subject: 'government-body',
    inForce: '2025-02-10',
    ordered: { 'court.government-head-interview': ['business-environment'] },
  },
  {
    case: 'tax evasion by an enterprise: exit may be stopped (税收征管法 art. 44), by the tax authority and public security',
    list: 'TAX',
    conduct: 'tax.evasion',
    subject: 'enterprise',
    inForce: '2024-09-16',
    ordered: {
      'tax.bidding': ['housing', 'transport'],
      'tax.exit': ['public-security', 'tax'],
      'tax.fiscal-funds': ['development-reform', 'finance'],
      'tax.interview': ['tax'],
      'tax.key-supervision': ['tax'],
      'tax.no-commitment': ['business-environment'],
      'tax.no-honours': ['business-environment', 'human-resources'],
      'tax.preference': ['tax'],
      'tax.procurement': ['finance'],
    },
  },
  {
    case: 'false ordinary invoices: no arrears, so no exit measure',
    list: 'TAX',
    conduct: 'tax.ordinary-invoices',
    subject: 'enterprise',
    inForce: '2024-09-16',
    ordered: {
      'tax.bidding': ['housing', 'transport'],
      'tax.fiscal-funds': ['development-reform', 'finance'],
      'tax.interview': ['tax'],
      'tax.key-supervision': ['tax'],
      'tax.no-commitment': ['business-environment'],
      'tax.no-honours': ['business-environment', 'human-resources'],
      'tax.preference': ['tax'],
      'tax.procurement': ['finance'],
    },
  },
  {
    case: 'a person on the tax list',
    list: 'TAX',
    conduct: 'tax.hiding-property',
    subject: 'natural-person',
    inForce: '2024-09-16',
    ordered: {
      'tax.exit': ['public-security', 'tax'],
      'tax.interview': ['tax'],
      'tax.no-commitment': ['business-environment'],
      'tax.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'a major accident: more inspections, projects not approved (安全生产法)',
    list: 'SAFETY',
    conduct: 'safety.major-accident',
    subject: 'enterprise',
    inForce: '2024-05-20',
    ordered: {
      'safety.fiscal-funds': ['development-reform', 'finance'],
      'safety.inspection': ['emergency'],
      'safety.interview': ['emergency'],
      'safety.no-commitment': ['business-environment'],
      'safety.no-honours': ['business-environment', 'human-resources'],
      'safety.procurement-bidding': ['finance', 'housing', 'transport'],
      'safety.project-approval': ['development-reform', 'housing', 'industry'],
    },
  },
  {
    case: 'the responsible person of that unit, listed with it',
    list: 'SAFETY',
    conduct: 'safety.major-accident',
    subject: 'natural-person',
    inForce: '2024-05-20',
    ordered: {
      'safety.interview': ['emergency'],
      'safety.no-commitment': ['business-environment'],
      'safety.no-honours': ['business-environment', 'human-resources'],
      'safety.occupation': ['emergency'],
      'safety.principal-office': ['emergency', 'market-regulation'],
    },
  },
  {
    case: 'a safety listing before order 11: no rule',
    list: 'SAFETY',
    conduct: 'safety.major-accident',
    subject: 'enterprise',
    inForce: '2023-09-28',
    ordered: {},
  },
  {
    case: 'a government body that broke a promise',
    list: 'GOV',
    conduct: 'gov.broken-promise',
    subject: 'government-body',
    inForce: '2024-03-01',
    ordered: {
      'gov.financing-recommendation': ['development-reform'],
      'gov.fiscal-funds': ['development-reform', 'finance'],
      'gov.honours': ['business-environment', 'development-reform'],
      'gov.interview': ['business-environment'],
      'gov.special-bonds': ['development-reform', 'finance'],
    },
  },
  {
    case: 'arrears to small firms after the revised 支付条例: also its limits on public bodies',
    list: 'GOV',
    conduct: 'gov.arrears',
    subject: 'public-institution',
    inForce: '2025-06-03',
    ordered: {
      'gov.arrears': ['finance'],
      'gov.financing-recommendation': ['development-reform'],
      'gov.fiscal-funds': ['development-reform', 'finance'],
      'gov.interview': ['business-environment'],
      'gov.special-bonds': ['development-reform', 'finance'],
    },
  },
  {
    case: 'an enterprise cannot be on the government list',
    list: 'GOV',
    conduct: 'gov.contract-breach',
    subject: 'enterprise',
    inForce: '2025-06-03',
    ordered: {},
  },
  {
    case: 'the abnormal directory: 企业信息公示暂行条例 art. 19 names it beside the serious list; nothing of the ordinance, it is no serious list',
    list: 'SAMRABN',
    conduct: 'samrabn.unreachable',
    subject: 'enterprise',
    inForce: '2025-06-03',
    ordered: {
      'samrabn.honour-titles': ['business-environment', 'market-regulation'],
      'samrabn.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'the abnormal directory before the version of it that is known here: no rule',
    list: 'SAMRABN',
    conduct: 'samrabn.annual-report',
    subject: 'enterprise',
    inForce: '2025-03-17',
    ordered: {},
  },
  {
    case: 'an enterprise of Harbin: answered by the departments of Harbin where the text names the local governments at and above the county level, the rest by the province',
    list: 'SAMR',
    conduct: 'samr.consumer-rights',
    subject: 'enterprise',
    inForce: '2024-11-14',
    region: '230102',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.honour-titles': ['business-environment', 'city.230100.market-regulation'],
      'samr.interview': ['city.230100.market-regulation'],
      'samr.key-supervision': ['city.230100.market-regulation'],
      'samr.licensing': ['city.230100.market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.restricted-dealings': [
        'city.230100.finance',
        'city.230100.housing',
        'city.230100.natural-resources',
      ],
    },
  },
  {
    case: 'an enterprise of Hegang, whose city has no registered department of that line: the province stands in',
    list: 'SAMR',
    conduct: 'samr.consumer-rights',
    subject: 'enterprise',
    inForce: '2024-11-14',
    region: '230402',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.honour-titles': ['business-environment', 'market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'an enterprise of another province, listed here: the provincial departments',
    list: 'SAMR',
    conduct: 'samr.consumer-rights',
    subject: 'enterprise',
    inForce: '2024-11-14',
    region: '310115',
    ordered: {
      'samr.fiscal-funds': ['development-reform', 'finance'],
      'samr.honour-titles': ['business-environment', 'market-regulation'],
      'samr.interview': ['market-regulation'],
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.restricted-dealings': ['finance', 'housing', 'natural-resources'],
    },
  },
  {
    case: 'wage arrears in Harbin: procurement by the finance department of every level (政府采购法 art. 13), bidding by those of its division (招标投标法实施条例 art. 4), tax by the tax service of the place',
    list: 'WAGE',
    conduct: 'wage.amount-of-crime',
    subject: 'enterprise',
    inForce: '2025-03-13',
    region: '230109',
    ordered: {
      'wage.bidding': ['city.230100.housing', 'city.230100.transport', 'water-resources'],
      'wage.fiscal-funds': ['development-reform', 'finance', 'industry', 'science'],
      'wage.honours': ['business-environment', 'human-resources'],
      'wage.interview': ['city.230100.human-resources'],
      'wage.market-entry': ['city.230100.market-regulation', 'housing'],
      'wage.no-commitment': ['business-environment'],
      'wage.procurement': ['city.230100.finance'],
      'wage.tax-preference': ['city.230100.tax'],
    },
  },
  {
    case: 'a tax case of Qiqihar: its own tax service and finance department; who stops at the border is told by the province',
    list: 'TAX',
    conduct: 'tax.evasion',
    subject: 'enterprise',
    inForce: '2024-09-10',
    region: '230202',
    ordered: {
      'tax.bidding': ['city.230200.housing', 'city.230200.transport'],
      'tax.exit': ['public-security', 'tax'],
      'tax.fiscal-funds': ['development-reform', 'finance'],
      'tax.interview': ['city.230200.tax'],
      'tax.key-supervision': ['city.230200.tax'],
      'tax.no-commitment': ['business-environment'],
      'tax.no-honours': ['business-environment', 'human-resources'],
      'tax.preference': ['city.230200.tax'],
      'tax.procurement': ['city.230200.finance'],
    },
  },
  {
    case: 'a supplier of Daqing banned by 政府采购法 art. 77: kept out by the finance department of Daqing',
    list: 'PROC',
    conduct: 'proc.supplier-ban',
    subject: 'enterprise',
    inForce: '2024-06-03',
    region: '230603',
    ordered: {
      'proc.ban': ['city.230600.finance'],
      'proc.fiscal-funds': ['development-reform', 'finance'],
      'proc.interview': ['city.230600.finance'],
      'proc.no-commitment': ['business-environment'],
      'proc.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'on the abnormal directory in Harbin: the same sentence of the regulation, the same departments of Harbin',
    list: 'SAMRABN',
    conduct: 'samrabn.annual-report',
    subject: 'enterprise',
    inForce: '2025-04-01',
    region: '230103',
    ordered: {
      'samrabn.honour-titles': ['business-environment', 'city.230100.market-regulation'],
      'samrabn.restricted-dealings': [
        'city.230100.finance',
        'city.230100.housing',
        'city.230100.natural-resources',
      ],
    },
  },
  {
    case: 'a concealed accident in Daqing: inspected by the emergency bureau of Daqing',
    list: 'SAFETY',
    conduct: 'safety.concealment',
    subject: 'enterprise',
    inForce: '2024-05-20',
    region: '230602',
    ordered: {
      'safety.fiscal-funds': ['development-reform', 'finance'],
      'safety.inspection': ['city.230600.emergency'],
      'safety.interview': ['city.230600.emergency'],
      'safety.no-commitment': ['business-environment'],
      'safety.no-honours': ['business-environment', 'human-resources'],
      'safety.procurement-bidding': ['city.230600.finance', 'city.230600.housing', 'city.230600.transport'],
      'safety.project-approval': ['development-reform', 'housing', 'industry'],
    },
  },
  {
    case: 'a supplier banned by 政府采购法 art. 77: out of procurement for the length of the ban, and what the ordinance allows',
    list: 'PROC',
    conduct: 'proc.supplier-ban',
    subject: 'enterprise',
    inForce: '2024-06-03',
    ordered: {
      'proc.ban': ['finance'],
      'proc.fiscal-funds': ['development-reform', 'finance'],
      'proc.interview': ['finance'],
      'proc.no-commitment': ['business-environment'],
      'proc.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'a fine of 30,000 yuan without a ban: on the record list, but no ban may be added to it (ordinance art. 51)',
    list: 'PROC',
    conduct: 'proc.fine',
    subject: 'enterprise',
    inForce: '2024-06-03',
    ordered: {
      'proc.fiscal-funds': ['development-reform', 'finance'],
      'proc.interview': ['finance'],
      'proc.no-commitment': ['business-environment'],
      'proc.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'the procurement ban before the ordinance was in force: the statute alone',
    list: 'PROC',
    conduct: 'proc.agent-ban',
    subject: 'enterprise',
    inForce: '2022-06-30',
    ordered: {
      'proc.ban': ['finance'],
    },
  },
  {
    case: 'a complaint on made-up facts: barred from procurement by the regulation (政府采购法实施条例 art. 73)',
    list: 'PROC',
    conduct: 'proc.false-complaint',
    subject: 'natural-person',
    inForce: '2024-06-03',
    ordered: {
      'proc.ban-of-complainants': ['finance'],
      'proc.interview': ['finance'],
      'proc.no-commitment': ['business-environment'],
      'proc.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'a person banned as supplier: no measure on funds of organisations',
    list: 'PROC',
    conduct: 'proc.supplier-ban',
    subject: 'natural-person',
    inForce: '2024-06-03',
    ordered: {
      'proc.ban': ['finance'],
      'proc.interview': ['finance'],
      'proc.no-commitment': ['business-environment'],
      'proc.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'research fraud of a person: no publicly funded projects (科学技术进步法 art. 112)',
    list: 'RESEARCH',
    conduct: 'research.fabrication',
    subject: 'natural-person',
    inForce: '2024-03-11',
    ordered: {
      'research.interview': ['science'],
      'research.no-commitment': ['business-environment'],
      'research.no-honours': ['business-environment', 'human-resources'],
      'research.projects': ['science'],
    },
  },
  {
    case: 'the same for an institute after the rule of 2026-03-20',
    list: 'RESEARCH',
    conduct: 'research.management',
    subject: 'public-institution',
    inForce: '2026-04-20',
    ordered: {
      'research.interview': ['science'],
      'research.no-commitment': ['business-environment'],
      'research.no-honours': ['business-environment', 'human-resources'],
      'research.procurement-bidding': ['finance', 'housing', 'transport'],
      'research.projects': ['science'],
    },
  },
  {
    case: 'a government body is no subject of the research database',
    list: 'RESEARCH',
    conduct: 'research.management',
    subject: 'government-body',
    inForce: '2026-04-20',
    ordered: {},
  },
  {
    case: 'the social-insurance list: only what the ordinance allows for every serious list',
    list: 'SOCINS',
    conduct: 'socins.no-registration',
    subject: 'enterprise',
    inForce: '2023-05-08',
    ordered: {
      'socins.fiscal-funds': ['development-reform', 'finance'],
      'socins.interview': ['human-resources'],
      'socins.no-commitment': ['business-environment'],
      'socins.no-honours': ['business-environment', 'human-resources'],
      'socins.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'a person who drew benefits by fraud: no measure of organisations',
    list: 'SOCINS',
    conduct: 'socins.benefit-fraud',
    subject: 'natural-person',
    inForce: '2023-05-08',
    ordered: {
      'socins.interview': ['human-resources'],
      'socins.no-commitment': ['business-environment'],
      'socins.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'a social organisation on the serious list of civil affairs',
    list: 'SOCORG',
    conduct: 'socorg.revocation',
    subject: 'social-organisation',
    inForce: '2024-07-15',
    ordered: {
      'socorg.fiscal-funds': ['development-reform', 'finance'],
      'socorg.interview': ['civil-affairs'],
      'socorg.no-commitment': ['business-environment'],
      'socorg.no-honours': ['business-environment', 'human-resources'],
      'socorg.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'its registration revoked under the charity law of 2023: who headed it may head no charity for five years (art. 16)',
    list: 'SOCORG',
    conduct: 'socorg.revocation',
    subject: 'social-organisation',
    inForce: '2025-07-15',
    ordered: {
      'socorg.charity-office': ['civil-affairs'],
      'socorg.fiscal-funds': ['development-reform', 'finance'],
      'socorg.interview': ['civil-affairs'],
      'socorg.no-commitment': ['business-environment'],
      'socorg.no-honours': ['business-environment', 'human-resources'],
      'socorg.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'the same before 2022-07-01: no rule of the province yet',
    list: 'SOCORG',
    conduct: 'socorg.fine',
    subject: 'social-organisation',
    inForce: '2022-06-30',
    ordered: {},
  },
  {
    case: 'a gravely dishonest enterprise of customs (order 282 art. 16): what the ordinance allows for the seriously dishonest',
    list: 'CUSTOMS',
    conduct: 'customs.serious',
    subject: 'enterprise',
    inForce: '2026-04-15',
    ordered: {
      'customs.fiscal-funds': ['development-reform', 'finance'],
      'customs.interview': ['customs'],
      'customs.no-commitment': ['business-environment'],
      'customs.no-honours': ['business-environment', 'human-resources'],
      'customs.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'a smuggler found 失信 but not grave: on no list of the seriously dishonest, ordinance art. 31 and 45 do not reach it',
    list: 'CUSTOMS',
    conduct: 'customs.smuggling',
    subject: 'enterprise',
    inForce: '2026-04-15',
    ordered: {},
  },
  {
    case: 'customs duty unpaid for three months (order 282 art. 15(6)): the strict management of customs itself, nothing ordered of others',
    list: 'CUSTOMS',
    conduct: 'customs.tax-unpaid',
    subject: 'enterprise',
    inForce: '2026-05-12',
    ordered: {},
  },
  {
    case: 'the grave case under order 251, before 2026-04-01: the province allowed the same',
    list: 'CUSTOMS',
    conduct: 'customs.serious',
    subject: 'enterprise',
    inForce: '2025-10-20',
    ordered: {
      'customs.fiscal-funds': ['development-reform', 'finance'],
      'customs.interview': ['customs'],
      'customs.no-commitment': ['business-environment'],
      'customs.no-honours': ['business-environment', 'human-resources'],
      'customs.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'smuggling under order 251, not grave: a level of customs, nothing ordered',
    list: 'CUSTOMS',
    conduct: 'customs.smuggling',
    subject: 'enterprise',
    inForce: '2025-10-20',
    ordered: {},
  },
  {
    case: 'a natural person cannot be on the customs list',
    list: 'CUSTOMS',
    conduct: 'customs.smuggling',
    subject: 'natural-person',
    inForce: '2026-04-15',
    ordered: {},
  },
  {
    case: 'a statistics list',
    list: 'STAT',
    conduct: 'stat.serious',
    subject: 'enterprise',
    inForce: '2024-09-09',
    ordered: {
      'stat.fiscal-funds': ['development-reform', 'finance'],
      'stat.interview': ['statistics'],
      'stat.no-commitment': ['business-environment'],
      'stat.no-honours': ['business-environment', 'human-resources'],
      'stat.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'an enterprise convicted of telecom fraud: what the ordinance allows for the seriously dishonest',
    list: 'TELECOM',
    conduct: 'telecom.criminal',
    subject: 'enterprise',
    inForce: '2025-03-11',
    ordered: {
      'telecom.fiscal-funds': ['development-reform', 'finance'],
      'telecom.interview': ['public-security'],
      'telecom.no-commitment': ['business-environment'],
      'telecom.no-honours': ['business-environment', 'human-resources'],
      'telecom.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'telecom fraud, convicted: banks act under their own rules (class C, reference only), nothing is ordered of them',
    list: 'TELECOM',
    conduct: 'telecom.criminal',
    subject: 'natural-person',
    inForce: '2025-02-10',
    ordered: {
      'telecom.interview': ['public-security'],
      'telecom.no-commitment': ['business-environment'],
      'telecom.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'a lender of bank cards found by the police (联合惩戒办法 art. 9(2)): financial and telecom measures only, none of the seriously dishonest',
    list: 'TELECOM',
    conduct: 'telecom.police-finding',
    subject: 'natural-person',
    inForce: '2025-02-10',
    ordered: {},
  },
  {
    case: 'a firm that sold lines, found by the police: neither honours nor fiscal money nor the commitment procedure are closed to it',
    list: 'TELECOM',
    conduct: 'telecom.police-finding',
    subject: 'enterprise',
    inForce: '2025-02-10',
    ordered: {},
  },
  {
    case: 'the list of accountants of 2025-01-01',
    list: 'CPA',
    conduct: 'cpa.firm-licence',
    subject: 'enterprise',
    inForce: '2025-06-16',
    ordered: {
      'cpa.fiscal-funds': ['development-reform', 'finance'],
      'cpa.interview': ['finance'],
      'cpa.no-commitment': ['business-environment'],
      'cpa.no-honours': ['business-environment', 'human-resources'],
      'cpa.procurement-bidding': ['finance', 'housing', 'transport'],
    },
  },
  {
    case: 'an accountant whose certificate was revoked: not registered for five years (注册会计师法 art. 10)',
    list: 'CPA',
    conduct: 'cpa.licence',
    subject: 'natural-person',
    inForce: '2025-06-16',
    ordered: {
      'cpa.interview': ['finance'],
      'cpa.no-commitment': ['business-environment'],
      'cpa.no-honours': ['business-environment', 'human-resources'],
      'cpa.registration': ['finance'],
    },
  },
  {
    case: 'the same under the law as amended in 2026, where it is art. 12',
    list: 'CPA',
    conduct: 'cpa.licence',
    subject: 'natural-person',
    inForce: '2027-01-04',
    ordered: {
      'cpa.interview': ['finance'],
      'cpa.no-commitment': ['business-environment'],
      'cpa.no-honours': ['business-environment', 'human-resources'],
      'cpa.registration': ['finance'],
    },
  },
  {
    case: 'an accountant convicted of a crime of the trade before 2027: the bar from the end of the sentence is not one of the listing',
    list: 'CPA',
    conduct: 'cpa.crime',
    subject: 'natural-person',
    inForce: '2025-06-16',
    ordered: {
      'cpa.interview': ['finance'],
      'cpa.no-commitment': ['business-environment'],
      'cpa.no-honours': ['business-environment', 'human-resources'],
    },
  },
  {
    case: 'the same from 2027: whether it was intentional, and so for life (art. 47), is for the department to see',
    list: 'CPA',
    conduct: 'cpa.crime',
    subject: 'natural-person',
    inForce: '2027-01-04',
    ordered: {
      'cpa.interview': ['finance'],
      'cpa.no-commitment': ['business-environment'],
      'cpa.no-honours': ['business-environment', 'human-resources'],
      'cpa.occupation-for-life': ['finance'],
    },
  },
  {
    case: 'the list of accountants before it was in force',
    list: 'CPA',
    conduct: 'cpa.firm-licence',
    subject: 'enterprise',
    inForce: '2024-12-31',
    ordered: {},
  },
  {
    case: 'an abnormal filer of patents: management measures of the field only, the list is none of the seriously dishonest',
    list: 'IP',
    conduct: 'ip.abnormal-filing',
    subject: 'enterprise',
    inForce: '2024-04-22',
    ordered: {
      'ip.fiscal-funds': ['intellectual-property'],
      'ip.honours': ['intellectual-property'],
      'ip.key-supervision': ['intellectual-property'],
      'ip.preferences': ['intellectual-property'],
    },
  },
  {
    case: 'social-housing fraud: no application for five years',
    list: 'HOUSE',
    conduct: 'house.fraud',
    subject: 'natural-person',
    inForce: '2024-04-22',
    ordered: {
      'house.no-application': ['housing'],
    },
  },
  {
    case: 'subsistence-aid fraud: no public list of persons and no discipline',
    list: 'ALLOW',
    conduct: 'allow.fraud',
    subject: 'natural-person',
    inForce: '2024-04-22',
    ordered: {},
  },
  {
    case: 'false litigation: no national list with measures',
    list: 'FALSELIT',
    conduct: 'falselit.party',
    subject: 'enterprise',
    inForce: '2024-04-22',
    ordered: {},
  },
  {
    case: 'the charity directory is no serious list: no discipline',
    list: 'CHARITY',
    conduct: 'charity.unreachable',
    subject: 'social-organisation',
    inForce: '2024-04-22',
    ordered: {},
  },
  {
    case: 'the integrity record of securities: the commission acts by it in its own permits and inspections (art. 25-42), nothing is ordered of others',
    list: 'CSRC',
    conduct: 'csrc.penalty',
    subject: 'enterprise',
    inForce: '2025-07-03',
    ordered: {},
  },
  {
    case: 'the lists of soil and water conservation: the notice was not found, order 53 art. 27 names no measure',
    list: 'SOIL',
    conduct: 'soil.blacklist',
    subject: 'enterprise',
    inForce: '2025-03-11',
    ordered: {},
  },
  {
    case: 'the construction list: no rule whose basis could be read',
    list: 'BUILD',
    conduct: 'build.listed',
    subject: 'enterprise',
    inForce: '2024-04-22',
    ordered: {},
  },
];

describe('worked examples: listing → actions', () => {
  it.each(examples)('$list, $subject: $case', (example) => {
    const found: Record<string, string[]> = {};
    for (const action of actionsFor(
      listing(example.list, example.conduct, example.subject, example.inForce, undefined, example.region),
      seededBook,
    )) {
      (found[action.rule] ??= []).push(action.executor.replace(/^hlj\./, ''));
      const basis = action.basis.map(
        ({ instrument, article }) => `${instrument}${article ? ` ${article}` : ''}`,
      );
      const [measure, mode, ...grounds] = GROUNDS[action.rule] ?? ['its ground is written down nowhere'];
      expect([action.rule, action.measure, action.mode]).toEqual([action.rule, measure, mode]);
      expect(grounds).toContain(basis.join(' · '));
    }
    expect(found).toEqual(example.ordered);
  });

  it('has one for every list that carries discipline, and among them those that order nothing', () => {
    const ordering = new Set(
      examples.filter(({ ordered }) => Object.keys(ordered).length > 0).map(({ list }) => list),
    );
    const carrying = new Set(
      seeds['discipline-rules'].filter(({ mode }) => mode !== 'reference').map(({ list }) => list),
    );
    expect([...carrying].filter((list) => !ordering.has(list))).toEqual([]);
    // No list is left out: one that brings nothing is worked out as that, with the reason.
    const shown = new Set(examples.map(({ list }) => list));
    expect(listKeys.filter((key) => !shown.has(key))).toEqual([]);
    const refusing = examples.filter(({ ordered }) => Object.keys(ordered).length === 0);
    expect(refusing.length).toBeGreaterThanOrEqual(10);
    expect(new Set(refusing.map(({ list }) => list)).size).toBeGreaterThanOrEqual(5);
  });

  it("shows each line that executes in the subject's city once with a city and once with the province", () => {
    const lines = new Set(
      seeds['discipline-rules'].flatMap(({ executors }) => executors.ofSubjectsCity ?? []),
    );
    const executing = examples.flatMap(({ ordered }) => Object.values(ordered).flat());
    const registered = [...lines].filter((line) =>
      seeds.units.some(({ id }) => id.startsWith('hlj.city.') && id.endsWith(`.${line}`)),
    );
    for (const line of registered)
      expect(executing.some((unit) => unit.startsWith('city.') && unit.endsWith(`.${line}`))).toBe(true);
    for (const line of lines) expect(executing).toContain(line);
  });

  it('are at least forty, name only conduct that the list knows, and leave no rule out that orders something', () => {
    expect(examples.length).toBeGreaterThanOrEqual(40);
    const known = new Set(
      seeds['list-types'].flatMap((type) => type.conductKinds.map((kind) => `${type.key} ${kind.code}`)),
    );
    for (const example of examples) expect(known).toContain(`${example.list} ${example.conduct}`);
    // Every rule that orders something is worked out in one example at least.
    const named = new Set(examples.flatMap(({ ordered }) => Object.keys(ordered)));
    expect(Object.keys(GROUNDS).filter((rule) => !named.has(rule))).toEqual([]);
  });
});
