import type { Command, CommandOf } from '../../src/domain/case/commands.js';
import type { ObjectionFactType } from '../../src/domain/objection/facts.js';
import type { ObjectionAction } from '../../src/domain/objection/lifecycle.js';
import { FileStory, LATELY, TODAY } from '../file-story.js';
import { acceptance, type Person, removalDecision, request, REQUEST, verification } from '../story.js';
import {
  type Asked,
  type ObjectionRequest,
  type CaseCut,
  FROM_THE_DECISION,
  takenBy,
  at,
  loses,
  frauds,
} from './case-cut.js';

/* Objections to an entry: each step of their own table, and what it does to the entry. */

const MARK: Command = { type: 'mark-objection', mark: { id: 'o1', about: 'listing', since: TODAY } };
const MATERIAL: Command = {
  type: 'tell-material',
  objectionId: 'o1',
  about: 'listing',
  text: '银行流水（虚构）',
};
const settled = (outcome: CommandOf<'settle-objection'>['outcome']): Command => ({
  type: 'settle-objection',
  objectionId: 'o1',
  about: 'listing',
  outcome,
  corrected: {},
  reasons: '—',
  reopened: null,
});

const filing = (more: object = {}, who: Person = 'party'): ObjectionRequest => ({
  who,
  path: '',
  body: { about: 'listing', statement: '工资已付清（虚构）', materials: ['凭证（虚构）'], ...more },
});
/** A letter that a handler takes down some days later. */
const takenDown = (receivedOn: string): ObjectionRequest =>
  filing({ receivedOn, authorisation: '授权委托书（虚构）' }, 'otherHandler');
const step = (who: ObjectionRequest['who'], path: string, body: object = {}): ObjectionRequest => ({
  who,
  path,
  body,
});
const WITHDRAWAL = step('party', 'withdrawal');
const NAMING = step('handler', 'material-request', { text: '银行流水（虚构）' });

/** A step of an objection that was filed and taken so far. @param effect what it does to the entry, which is marked */
function objects(
  file: FileStory,
  before: readonly ObjectionRequest[],
  asked: ObjectionRequest,
  row: [ObjectionAction, ObjectionFactType],
  effect?: Command,
): CaseCut {
  return {
    ...objectedTo(file, before, row, effect),
    asked: { over: 'objection' },
    objection: { before, step: asked, row: { action: row[0], facts: [row[1]] } },
  };
}

/** @param asked the sweep of a clock of the objection, or an event that is about the entry */
function objectedTo(
  file: FileStory,
  before: readonly ObjectionRequest[],
  [action, fact]: [ObjectionAction, ObjectionFactType],
  effect?: Command,
  asked: Asked = { over: 'sweep', clock: action },
): CaseCut {
  const files = [file.on(TODAY)];
  return {
    files,
    asked,
    objection: { before, row: { action, facts: [fact] } },
    takes() {
      if (before.length > 0) file.does('platform', MARK);
      return takenBy(files, () => void (effect && file.does('platform', effect)));
    },
  };
}

/** A step for each row of the table of objections, and for each row of a case that they go along. */
export const ofObjections = (): CaseCut[] => [
  ...FROM_THE_DECISION.flatMap((status) => [
    objects(at(status), [], filing(), ['file', 'filed'], MARK),
    objects(frauds(status), [filing()], NAMING, ['material-request', 'material-named'], MATERIAL),
    objects(at(status), [filing()], WITHDRAWAL, ['withdrawal', 'withdrawn'], settled('withdrawn')),
  ]),
  objects(science(), [filing()], step('handler', 'acceptance'), ['acceptance', 'accepted']),
  objects(
    science(),
    [filing()],
    step('otherReviewer', 'non-acceptance', { reasons: '不属于复查范围（虚构）' }),
    ['non-acceptance', 'not-accepted'],
    settled('not-accepted'),
  ),
  objects(science(), [filing()], WITHDRAWAL, ['withdrawal', 'withdrawn'], settled('withdrawn')),
  objectedTo(science(), [filing()], ['lapse', 'lapsed'], loses, { over: 'event', command: loses }),
  objectedTo(science(), [takenDown('2029-05-02')], ['mark-overdue', 'overdue']),
  objects(
    science(),
    [filing(), step('handler', 'acceptance')],
    step('handler', 'termination', { begun: 'suit', begunOn: TODAY }),
    ['termination', 'withdrawn'],
    settled('terminated'),
  ),
  objects(at('in-force'), [filing()], HELP, ['help-request', 'help-requested']),
  objects(at('in-force'), [filing(), HELP], step('helper', 'help-answer/:help', { text: '已付清（虚构）' }), [
    'help-answer',
    'help-answered',
  ]),
  objects(at('in-force'), [filing()], PAUSE, ['pause', 'paused']),
  objects(at('in-force'), [filing(), PAUSE], step('handler', 'resumption'), ['resumption', 'resumed']),
  objectedTo(frauds('in-force'), [takenDown('2029-05-02')], ['close-material', 'material-time-over']),
  objects(
    frauds('in-force'),
    [filing(), NAMING],
    step('party', 'material-receipt', { materials: ['流水'] }),
    ['material-receipt', 'material-received'],
  ),
  objects(
    refusedRepair(),
    [filing({ about: 'repair-result', repairId: REQUEST }), step('handler', 'acceptance')],
    step('handler', 'extension', { until: '2029-06-29', reason: '案情复杂（虚构）' }),
    ['extension', 'extended'],
  ),
  objects(at('in-force'), [filing()], REJECTION, ['decision', 'decided'], settled('rejected')),
  objects(
    at('in-force'),
    [filing(), REJECTION],
    step('handler', 'service', { way: 'personal', servedOn: TODAY }),
    ['service', 'decision-served'],
  ),
  objectedTo(at('in-force'), [filing()], ['lapse', 'lapsed'], loses, { over: 'event', command: loses }),
  objectedTo(at('in-force'), [takenDown('2029-04-02')], ['mark-overdue', 'overdue']),
];

const HELP = step('handler', 'help-request', { unit: 'hlj.finance', question: '是否付清？（虚构）' });
const REJECTION = step('otherReviewer', 'decision', { outcome: 'rejected', reasons: '事实清楚（虚构）' });
const PAUSE = step('handler', 'pause', { why: 'test' });

/** 复查: the list whose objections are first accepted, or not, and end with a suit. */
function science(): FileStory {
  const department = { id: 'hlj.science', level: 'province' } as const;
  return at('in-force', {
    of: { list: 'RESEARCH', conductKind: 'research.fabrication', department },
    from: LATELY,
    decided: { termMonths: 12, gravity: 'limited' },
    unpublished: true,
  });
}

function refusedRepair(): FileStory {
  const file = at('in-force')
    .on('2028-11-13')
    .does('party', request('2028-05-08'))
    .does('handler', acceptance());
  return file.does('handler', verification(file.principal)).does('approver', removalDecision(false));
}
