import { type Contract, contractOf, type DataOf } from '#contracts';
import { RunningListing } from './running-listing.js';

/* The service in a process of its own, to be killed. Clock, sweep and events are asked for over IPC, the rest over HTTP. */

export type Ask =
  { do: 'move'; to: string } | { do: 'sweep' } | { do: 'tell'; type: string; subject: string; data: unknown };

const { LISTING_DATABASE, LISTING_ISSUER, LISTING_DAY, LISTING_POOL } = process.env;
process.on('disconnect', () => process.exit());

const running = await RunningListing.start(
  LISTING_DATABASE!,
  JSON.parse(LISTING_ISSUER!) as Record<string, string>,
  LISTING_DAY!,
  Number(LISTING_POOL),
);
await running.app.listen({ port: 0, host: '127.0.0.1' });

process.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
  answer(ask).then(
    () => process.send!({ id }),
    (error: unknown) => process.send!({ id, error: String(error) }),
  );
});
process.send!({ url: await running.app.getUrl() });

async function answer(ask: Ask): Promise<void> {
  switch (ask.do) {
    case 'move':
      return running.moveTo(ask.to);
    case 'sweep':
      return void (await running.sweep());
    case 'tell':
      return void (await running.tell(contractOf(ask.type)!, ask.subject, ask.data as DataOf<Contract>));
    default:
      return ask satisfies never;
  }
}
