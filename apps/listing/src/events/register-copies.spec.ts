import { describe, expect, test } from '@jest/globals';
import { granting, inForce, publication, type Story, suspensionRequest } from '../../specs/story.js';
import { hear, NOTHING_HEARD, type Heard } from '../../specs/walks/subscriber.js';
import type { Command } from '../domain/case/commands.js';
import type { ListingCase } from '../domain/case/case.js';
import { evolve } from '../domain/case/evolve.js';
import { eventsOf } from './outbox.js';

/* What a copy of the public register holds that only hears its events. Fictitious firms, real dates. */

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
const days = { decidedOn: '2026-04-21', servedOn: '2026-04-22' } as const;
const marked = (since: string): Command => ({
  type: 'mark-objection',
  mark: { id: 'o1', about: 'content', since },
});
const corrected: Command = {
  type: 'correction',
  corrected: { decisionNo: '（虚构）列入决定〔2026〕2号' },
  reasons: '录入有误',
};
const fails: Command = { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' };

function copyOf(story: Story): Heard['register'] {
  let state: ListingCase = story.first;
  let heard = NOTHING_HEARD;
  for (const fact of story.facts) {
    state = evolve(state, fact);
    heard = eventsOf(fact, state, story.rules.list).reduce(hear, heard);
  }
  return heard.register;
}

describe('a copy of the register', () => {
  test('of an entry that was objected to before it was published carries the mark (ordinance art. 39)', () => {
    const story = inForce(wage, days).does('platform', marked('2026-04-22'));
    story.on('2026-04-23').does('secrecy', publication);
    expect(copyOf(story)).toMatchObject({ objectionSince: '2026-04-22' });
  });

  test('holds nothing of an entry that is lifted, and all of it when it stands again (order 36 art. 20)', () => {
    const story = inForce(wage, { ...days, publishedOn: '2026-04-23' });
    granting(story.on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2026-06-01').does('platform', marked('2026-06-01')).does('otherApprover', corrected);
    expect(copyOf(story)).toBeNull();
    story.on('2026-11-10').does('approver', fails);
    expect(copyOf(story)).toEqual({
      decisionNo: '（虚构）列入决定〔2026〕2号',
      termEndsOn: '2029-04-21',
      objectionSince: '2026-06-01',
    });
  });
});
