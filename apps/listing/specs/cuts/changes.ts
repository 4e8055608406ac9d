import type { Command } from '../../src/domain/case/commands.js';
import { DECIDED, UNDECIDED } from '../../src/domain/case/lifecycle.js';
import { FileStory, granted, LATELY, type Of, TELECOM, TODAY, WAGE } from '../file-story.js';
import { enterprise, penalty, person, request, REQUEST } from '../story.js';
import {
  type CaseCut,
  FROM_THE_DECISION,
  frauds,
  LATER,
  NOT_RESTING,
  takenBy,
  asks,
  sweeps,
  hears,
  at,
  corrects,
  corrected,
  loses,
  falls,
  revocation,
} from './case-cut.js';

/* What changes under an entry: its basis, its words, the listing of the principal, another term. */

/** A step for each row of corrections, of a changed or lost basis, of lateness, and the last receipt. */
export const ofChanges = (): CaseCut[] => [
  ...DECIDED.map((status) => asks('otherApprover', corrects, at(status))),
  ...FROM_THE_DECISION.map((status) => hears(confirms, correctedIn(status))),
  ...FROM_THE_DECISION.map((status) => hears(renamed, at(status))),
  ...NOT_RESTING.map((status) => hears(corrected, at(status))),
  ...NOT_RESTING.map((status) => hears(loses, at(status))),
  ...NOT_RESTING.map((status) =>
    asks(
      'otherApprover',
      { type: 'basis-review', outcome: 'stands', reasons: '足以支持（虚构）' },
      at(status).does('platform', corrected),
    ),
  ),
  ...NOT_RESTING.map((status) =>
    sweeps(
      { type: 'mark-overdue', clock: 'basis-review' },
      'basis-review',
      at(status, status === 'served' ? { from: '2029-04-16' } : {}).does('platform', corrected),
    ),
  ),
  hears({ type: 'close', receipts: [] }, at('ended')),
  ...LATER.map((status) => asks('handler', liftsAtLast, urged(status))),
];

const liftsAtLast: Command = {
  type: 'lifting-feedback',
  unit: 'hlj.industry',
  liftedOn: TODAY,
  text: '功能已恢复（虚构）',
};

/** A measure was not lifted with the end: its unit is urged to. */
function urged(status: (typeof LATER)[number]): FileStory {
  return frauds(status)
    .on('2029-05-07')
    .does('platform', {
      ...{ type: 'settle-objection', objectionId: 'o1', about: 'lifting', outcome: 'upheld', corrected: {} },
      ...{ reasons: '电话卡功能仍受限制（虚构）', reopened: null, unlifted: ['hlj.industry'] },
    });
}

const renamed: Command = {
  type: 'follow-name',
  from: enterprise.name,
  to: '松江示例商业有限公司（虚构）',
};
const confirms: Command = {
  type: 'confirm-correction',
  number: 1,
  confirmation: { system: 'records', at: `${TODAY}T01:00:00.000Z`, eventId: REQUEST },
};

function correctedIn(status: (typeof FROM_THE_DECISION)[number]): FileStory {
  if (status !== 'ended' && status !== 'closed') return at(status).does('otherApprover', corrects);
  const file = at('in-force').does('otherApprover', corrects).on('2028-11-13');
  granted(file.does('party', request('2028-05-08')));
  return status === 'closed' ? file.does('platform', { type: 'close', receipts: [] }) : file;
}

const bound: Of = {
  ...WAGE,
  persons: [
    {
      subject: { ...person, id: '0192f0c4-6c00-7000-8000-000000000002' },
      capacity: 'legal-representative',
      bornOn: '1980-05-05',
    },
  ],
};

/** A step for each row that follows from one taken elsewhere: at the principal, or at an earlier entry. */
export const ofFiles = (): CaseCut[] => [
  ...[...UNDECIDED, ...DECIDED].map((status) => asks('otherApprover', basisFalls, questioned(status))),
  asks('otherApprover', falls, at('ended', { of: bound })),
  asks('otherApprover', falls, at('closed', { of: bound })),
  ...DECIDED.map(rejoined),
];

const basisFalls: Command = { type: 'basis-review', outcome: 'falls', reasons: '不足以支持（虚构）' };

/** Of both the basis is questioned; the person goes with the principal. */
function questioned(status: (typeof UNDECIDED)[number] | (typeof DECIDED)[number]): FileStory {
  return at(status, { of: bound }).does('platform', corrected);
}

const SECOND: Of = {
  ...TELECOM,
  id: '0192f0c4-6c00-7000-8000-0000000000c9',
  records: [{ ...penalty, id: '0192f0c4-6c00-7000-8000-0000000000a9' }],
};

/** Two terms that follow each other: the earlier finding is revoked, the later one is worked out anew. */
function rejoined(status: (typeof DECIDED)[number]): CaseCut {
  const first = at('in-force', { of: TELECOM, unpublished: true });
  const earlier = first.principal.state;
  if (earlier.status !== 'in-force') throw new Error(earlier.status);
  const term = { caseId: earlier.id, startsOn: earlier.term.startsOn!, endsOn: earlier.term.endsOn! };
  const later = at(status, { of: SECOND, from: LATELY, unpublished: true, earlier: [term] });
  const files = [first.on(TODAY), later.on(TODAY)];
  return {
    files,
    asked: { over: 'http', who: 'otherApprover', command: revocation },
    takes: () =>
      takenBy(files, () => {
        first.does('otherApprover', revocation);
        later.does('platform', { type: 'rejoin-term', earlier: [], because: earlier.no });
      }),
  };
}
