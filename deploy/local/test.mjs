/**
 * `npm test [-- jest's arguments]`: the parts on ports and data of their own, then the specs, then the stories
 * over the seven services. `--no-stories` leaves the second round out.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { hasTests, runTests, SPECS, STORIES } = await import('./jest.mjs');
const { say } = await import('./progress.mjs');
const { addressOf, commonEnvironment, servicePorts, startServices } = await import('./services.mjs');
const { bringUpParts, environmentOf, own } = await import('./stack.mjs');
const { install } = await import('./install.mjs');

const args = process.argv.slice(2).filter((arg) => arg !== '--no-stories');
const withStories = args.length === process.argv.length - 2;
const count = { passed: 0, failed: 0 };

const code = await own('test', async (context) => {
  const { profile } = context;
  await install(context);
  const [specs, stories] = await Promise.all([hasTests(SPECS, args), withStories && hasTests(STORIES, args)]);
  const services = stories ? servicePorts(profile) : [];
  // Specs are compiled one by one as they run; only what starts the services as they are shipped needs dist/.
  const built = stories || args.length === 0;
  const addresses = await bringUpParts(context, { services, emptied: true, built });
  const env = { ...environmentOf(addresses), CHENGXIN_PORT_BASE: String(profile.ports.base) };
  if (specs) add(await runTests(context, SPECS, args, env));
  if (stories) {
    await startServices(context, addresses);
    const more = {
      ...commonEnvironment(profile),
      CHENGXIN_URL: addressOf(profile),
      CHENGXIN_RUN_DIR: profile.run,
    };
    add(await runTests(context, STORIES, args, { ...env, ...more }));
  }
  return count.failed === 0 ? 0 : 1;
});

/** @param {import('./jest.mjs').Count} more */
function add({ passed, failed }) {
  count.passed += passed;
  count.failed += failed;
}

if (code !== 0 && code !== 130 && count.failed === 0) count.failed = 1; // what could not run has not passed
say(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = code;
