import type { Status } from '../../src/domain/case/case.js';
import type { Command } from '../../src/domain/case/commands.js';
import { FileStory, SAMR, stay, TODAY } from '../file-story.js';
import {
  acceptance,
  handingIn,
  removalDecision,
  request,
  REQUEST,
  siteRequest,
  suspensionRequest,
  verification,
} from '../story.js';
import { type CaseCut, LATER, asks, at, falls, lifted } from './case-cut.js';

/* Requests for repair, of the list and of 信用中国, and what was found false in them. */

const handIn = { type: 'repair-supplement', requestId: REQUEST, handingIn: handingIn('2029-05-07') } as const;

/** A request for 信用中国 alone, after that by which the list let go. */
const OF_THE_SITE = '0192f0c4-6c00-7000-8000-0000000000d2';

interface Requested {
  file: FileStory;
  requestId: string;
}

/** A request that is open in that status: of the list, or of 信用中国 where the list has let go. */
function requested(status: Status): Requested {
  if (status === 'ended' || status === 'closed') {
    const asked = { ...siteRequest('2028-05-08'), requestId: OF_THE_SITE } as Command;
    return { file: at(status).on(TODAY).does('party', asked), requestId: OF_THE_SITE };
  }
  const file = at('in-force', { of: SAMR }).on(TODAY).does('party', request('2028-05-08'));
  return { file: status === 'suspended' ? file.does('approver', stay(TODAY)) : file, requestId: REQUEST };
}

function answers(status: Status): CaseCut[] {
  const { requestId } = requested(status);
  const of = <C extends Command>(command: C): C => ({ ...command, requestId });
  const asked = (): FileStory => requested(status).file;
  const accepted = (): FileStory => asked().does('handler', of(acceptance()));
  const finding = of(verification(accepted().principal));
  return [
    asks('party', of(handIn), asked()),
    asks('handler', of(acceptance()), asked()),
    asks('handler', finding, accepted()),
    asks('approver', { type: 'repair-extension', requestId, reasons: '需要实地核实' }, accepted()),
    asks('party', { type: 'repair-withdrawal', requestId }, asked()),
    asks('otherApprover', of(removalDecision()), accepted().does('handler', finding)),
  ];
}

/** A step for each row of a request, in each status in which one may be open. */
export const ofRepairs = (): CaseCut[] => [
  ...(['in-force', 'suspended'] as const).flatMap((status) => [
    asks('party', request('2028-05-08'), at(status)),
    asks('party', suspensionRequest('2028-05-08'), at(status)),
  ]),
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).map((status) =>
    asks('party', siteRequest('2028-05-08'), at(status)),
  ),
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).flatMap(answers),
  ...([...LATER, 'suspended'] as const).map((status) =>
    asks('otherApprover', falls, status === 'suspended' ? lifted() : at(status)),
  ),
  asks(
    'otherApprover',
    falls,
    lifted()
      .on('2029-04-23')
      .does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '—' }),
  ),
];
