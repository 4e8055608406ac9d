/** `npm start`: everything on this machine, until Ctrl-C. */
import { requireNode } from './node-version.mjs';

requireNode();
const { loadDemo } = await import('./demo.mjs');
const { say, seconds } = await import('./progress.mjs');
const { addressOf, servicePorts, startServices } = await import('./services.mjs');
const { bringUpParts, own } = await import('./stack.mjs');

process.exitCode = await own('start', async (context) => {
  const began = performance.now();
  const { profile, processes } = context;
  const addresses = await bringUpParts(context, {
    services: servicePorts(profile),
    emptied: false,
    built: true,
  });
  await startServices(context, addresses);
  await loadDemo(context);
  const address = addressOf(profile);
  say(`
Console, API   ${address}
API, page      ${address}/docs
Logins         operator, handler.hlj.human-resources and others; password chengxin-demo (README.md has them all)
A walk         npm run tour
Logs           ${profile.logs}

Ready in ${seconds(began)}. Ctrl-C stops everything and keeps the data; \`npm run reset\` clears it.`);
  await processes.interruption();
  return 0;
});
