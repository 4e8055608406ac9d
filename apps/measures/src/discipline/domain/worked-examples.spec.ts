import { describe, expect, it } from '@jest/globals';
import type { SubjectKind } from '#kernel';
import { listing, seededBook, seeds } from '../../../specs/seeded-rule-book.js';
import { actionsFor } from './allowed-actions.js';

interface Example {
  case: string;
  list: string;
  conduct: string;
  subject: SubjectKind;
  inForce: string;
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
      'wage.no-commitment': ['business-environment'],
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
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
      'samr.no-honours': ['business-environment', 'human-resources'],
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
      'samr.key-supervision': ['market-regulation'],
      'samr.licensing': ['market-regulation'],
      'samr.no-commitment': ['business-environment'],
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
      'tax.exit': ['public-security', 'tax'],
      'tax.fiscal-funds': ['development-reform', 'finance'],
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
      'tax.fiscal-funds': ['development-reform', 'finance'],
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
      'safety.no-commitment': ['business-environment'],
      'safety.no-honours': ['business-environment', 'human-resources'],
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
    case: 'the abnormal directory carries no discipline: no rule names it',
    list: 'SAMRABN',
    conduct: 'samrabn.unreachable',
    subject: 'enterprise',
    inForce: '2025-06-03',
    ordered: {},
  },
];

describe('worked examples: listing → actions', () => {
  it.each(examples)('$list, $subject: $case', (example) => {
    const found: Record<string, string[]> = {};
    for (const action of actionsFor(
      listing(example.list, example.conduct, example.subject, example.inForce),
      seededBook,
    )) {
      (found[action.rule] ??= []).push(action.executor.replace(/^hlj\./, ''));
    }
    expect(found).toEqual(example.ordered);
  });

  it('are at least twenty, and name only conduct that the list knows', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20);
    const known = new Set(
      seeds['list-types'].flatMap((type) => type.conductKinds.map((kind) => `${type.key} ${kind.code}`)),
    );
    for (const example of examples) expect(known).toContain(`${example.list} ${example.conduct}`);
  });
});
