import { addDays } from '#kernel';
import { COPY_HOLDERS, laggards } from '../../src/domain/repair/entry.js';
import type { Spot, Taken } from './steps.js';
import { receiptOf } from './world.js';

/** What other services tell: of records, of corrected copies, of what was undone. */
export function event(spot: Spot, taken: Taken): void {
  const { world, at, draws } = spot;
  const { state } = world.cases[at]!;
  draws.weighed<() => void>([
    [
      1,
      () => {
        if (state.records.length === 0) return;
        const { id } = draws.pick(state.records);
        taken(() => world.withdrawRecord(id));
      },
    ],
    [
      2,
      () => {
        if (state.records.length === 0) return;
        const { id } = draws.pick(state.records);
        taken(() => world.correctRecord(id, `（虚构）更正${draws.below(1000)}`));
      },
    ],
    [6, () => confirmOne(spot, taken)],
    [6, () => receive(spot, taken)],
    [2, () => besides(spot, taken)],
  ])();
}

function confirmOne({ world, at, draws }: Spot, taken: Taken): void {
  const { state } = world.cases[at]!;
  const open = 'entry' in state ? state.entry.corrections.find((one) => laggards(one).length > 0) : undefined;
  if (!open) return;
  const confirmation = {
    system: draws.pick(COPY_HOLDERS),
    at: `${world.today}T01:00:00Z`,
    eventId: world.id(),
  };
  taken(() => world.brings(at, { type: 'confirm-correction', number: open.number, confirmation }, true));
}

/** One receipt more of what the end undid; with the last the case closes, as CollectReceipts has it. */
export function receive({ world, at, draws }: Spot, taken: Taken): void {
  const { state, receipts } = world.cases[at]!;
  if (state.status !== 'ended') return;
  const known = () => ({
    actionsOrdered: 1,
    actions: [{ id: 'action-1', executor: 'hlj.tax' }],
    receipts: world.cases[at]!.receipts,
  });
  const missing = world.ways.missingReceipts(state, { ...known(), receipts });
  if (missing.length > 0) {
    const { kind, ref, from } = draws.pick(missing);
    world.receipt(at, receiptOf(kind, ref, from, world.today));
  }
  if (world.ways.missingReceipts(state, known()).length > 0) return;
  taken(() => world.brings(at, { type: 'close', receipts: [...known().receipts] }, true));
}

/** Where terms add up: another case of the subject appears, or is another than it was. */
function besides({ world, at, draws }: Spot, taken: Taken): void {
  const { state } = world.cases[at]!;
  if (!world.rules(at).list.term.cumulative) return;
  const caseId = world.beside[0]?.caseId ?? world.id();
  const startsOn = addDays(world.today, -draws.below(300));
  world.beside = draws.percent(30)
    ? []
    : [{ caseId, startsOn, endsOn: addDays(world.today, draws.below(900)) }];
  if (!('decision' in state)) return;
  const counted = state.decision.term.earlier ?? [];
  const earlier = world.beside.filter((one) => counted.includes(one.caseId!));
  taken(() => world.brings(at, { type: 'rejoin-term', earlier, because: '（虚构）' }, true));
}
