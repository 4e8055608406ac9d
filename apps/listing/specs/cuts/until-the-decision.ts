import { UNDECIDED } from '../../src/domain/case/lifecycle.js';
import { COURT, CSRC, FileStory, LATELY, SAMR, standing, TODAY } from '../file-story.js';
import { approval, consent, decision, defence, notice, review, service } from '../story.js';
import { type CaseCut, asks, sweeps, at, withdrawal } from './case-cut.js';

/* From the opening to the service of the decision, and what may end it before. */

/** A step for each row before the decision and up to its service. */
export const untilTheDecision = (): CaseCut[] => [
  asks('handler', notice(TODAY), at('proposed')),
  asks('reviewer', review(), at('proposed', { of: CSRC })),
  asks('reviewer', review(), at('noticed')),
  asks('reviewer', review(), at('heard')),
  asks('reviewer', review(), at('silent')),
  ...UNDECIDED.map((status) => asks('approver', withdrawal, at(status))),
  asks('party', defence, at('noticed', { from: '2029-05-07' })),
  asks('party', defence, at('heard', { from: '2029-05-07' })),
  sweeps({ type: 'fall-silent' }, 'defence', at('noticed')),
  asks('party', { type: 'hearing-request' }, at('noticed', { of: SAMR, from: '2029-05-07' })),
  asks('party', { type: 'hearing-request' }, at('heard', { of: SAMR, from: '2029-05-07' })),
  asks('party', { type: 'hearing-request' }, silentInHearingTime()),
  asks(
    'handler',
    { type: 'hearing-notice', noticeNo: '（虚构）听证通知1号', heldOn: '2029-05-28', place: '第一会议室' },
    hearing(),
  ),
  asks(
    'reviewer',
    { type: 'hearing-record', outcome: 'waived', on: TODAY, minutes: '当事人放弃听证（虚构）' },
    hearing(),
  ),
  asks('superior', consent(), at('reviewed', { of: SAMR })),
  asks('approver', approval, at('reviewed')),
  asks('approver', approval, standing('consented', { of: SAMR })),
  asks('handler', decision, at('approved')),
  asks('handler', service(TODAY), at('decided')),
  asks('handler', service(TODAY), at('in-force', { of: COURT, unserved: true })),
  ...UNDECIDED.map((status) =>
    asks(
      'handler',
      { type: 'clock-start', from: '2029-04-24', source: '限期支付指令书（虚构）' },
      at(status),
    ),
  ),
  ...UNDECIDED.map((status) =>
    asks('approver', { type: 'extension', reason: '案情复杂（虚构）' }, at(status)),
  ),
  ...(['proposed', 'noticed', 'heard', 'silent', 'reviewed'] as const).map((status) =>
    asks(
      'approver',
      {
        type: 'reminder',
        reminderNo: '（虚构）提醒1号',
        text: '今后应当依法经营',
        minor: true,
        oneOff: true,
        correctedOn: LATELY,
        harmless: true,
      },
      at(status),
    ),
  ),
];

function hearing(): FileStory {
  return at('noticed', { of: SAMR, from: '2029-05-07' }).does('party', { type: 'hearing-request' });
}

/** An older notice that cut the defence short: oral-hearing.spec.ts. */
function silentInHearingTime(): FileStory {
  const file = at('noticed', { of: SAMR, from: '2029-05-07' });
  const { principal } = file;
  if (principal.state.status !== 'noticed') throw new Error(principal.status);
  const { hearingUntil: _, ...old } = principal.state.notice;
  principal.state = { ...principal.state, notice: { ...old, defenceUntil: '2029-05-08' } };
  return file.on('2029-05-09').does('platform', { type: 'fall-silent' });
}
