import { randomUUID } from 'node:crypto';
import { listTypeOn, loadSeeds } from '#seeds';
import { type Cut, posting } from './cut.js';
import { TODAY } from '../file-story.js';
import { peopleOf } from '../people.js';
import type { Beside } from './beside.js';

/* Drafts of list types and of years of the working calendar. */

/** A step for each row of the two tables of drafts. */
export async function ofRules({ desk }: Beside): Promise<Cut[]> {
  const lead = peopleOf('hlj.business-environment');
  const cuts: Cut[] = [];
  const wage = listTypeOn(loadSeeds('list-types'), 'WAGE', TODAY)!;
  let version = 2030;
  const kinds = {
    'list-type-draft': () => {
      const validFrom = `${++version}-07-01`;
      const later = { version: validFrom, validFrom, confirmed: false, source: '（虚构）' };
      return ['/api/list-types/drafts', { content: { ...wage, ...later }, replaces: wage.version }] as const;
    },
    'calendar-draft': () => {
      const year = ++version;
      const days = { holidays: [`${year}-01-01`, `${year}-10-01`], workingWeekends: [] };
      return ['/api/calendars/drafts', { year, ...days, basis: `关于${year}年的通知（虚构）` }] as const;
    },
  };
  for (const table of ['list-type-draft', 'calendar-draft'] as const) {
    const [to, drafted] = kinds[table]();
    const drafting = await posting(lead.handler, to, drafted);
    // Drafting and publication of list types wait for each other, of which no two can be under way.
    const oneOf = table === 'list-type-draft' ? { oneOf: table } : {};
    cuts.push({
      rows: [{ table, id: null, action: 'drafting', facts: ['draft'] }],
      take: drafting,
      ...oneOf,
    });
    for (const [action, actor, body, status] of [
      ['publication', lead.approver, {}, 'published'],
      ['drop', lead.handler, { reason: '依据尚未公布（虚构）' }, 'dropped'],
    ] as const) {
      const answer = await desk.call(lead.handler, 'POST', to, {
        body: kinds[table]()[1],
        key: randomUUID(),
      });
      if (answer.status >= 300) throw new Error(`${table}: ${answer.status} ${JSON.stringify(answer.body)}`);
      const id = String(answer.body['id']);
      const take = await posting(actor, `${to}/${id}/${action}`, body, 1);
      cuts.push({
        rows: [{ table, id, action, facts: [status] }],
        take,
        ...(action === 'publication' ? oneOf : {}),
      });
    }
  }
  return cuts;
}
