import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Clock, Database } from '#platform';
import { CaseChanges } from '../commands/case-changes.js';
import { RequestRepair } from '../commands/request-repair.js';
import { removalProvided } from '../domain/rules/rules.js';
import { toHandIn } from '../domain/repair/handed-in.js';
import { eligibilityFor } from '../domain/repair/request.js';
import { askableOnSite } from '../domain/repair/site-clock.js';
import { siteLawOn } from '../domain/repair/site-law.js';
import { ReadCases } from './read-cases.js';

/** From when repair may be asked, and why not sooner; told before anybody asks. */
@Injectable()
export class ReadRepairs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cases: ReadCases,
    private readonly changes: CaseChanges,
    private readonly requests: RequestRepair,
  ) {}

  /** Both clocks: the list's own way out, and 信用中国's publication. */
  async eligibility(actor: Actor, id: string, correctedOn: LocalDate | null): Promise<object> {
    const { state } = await this.cases.found(actor, id, ['whole', 'party']);
    const today = this.clock.today();
    const rules = this.changes.rules(state);
    const against = await this.database.transaction((tx) => this.requests.against(tx, state));
    const removal =
      (state.status === 'in-force' || state.status === 'suspended') &&
      removalProvided(rules, state.conductKind)
        ? eligibilityFor(state, rules, { correctedOn, ...against }, today)
        : null;
    const site = 'entry' in state ? state.entry.site : null;
    return {
      asOf: today,
      rulesVersion: rules.today.version,
      ...toHandIn(siteLawOn(rules.sites, today)),
      removal: removal && {
        ...removal,
        ways: removal.ways.map((way) => ({
          ...way,
          conditions: way.conditions.map((code) => ({ code, zh: rules.conditionTexts[code] ?? code })),
          possibleBars: way.possibleBars.map((code) => ({ code, zh: rules.conditionTexts[code] ?? code })),
        })),
        mayAsk: removal.from !== null && removal.from <= today,
      },
      site: site && {
        ...site,
        bars: against.repairBars,
        mayAsk: askableOnSite(state) !== null && site.repairableFrom <= today,
      },
    };
  }
}
