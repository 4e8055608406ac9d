/**
 * Ends here, with one sentence, on a Node that cannot run the rest. The entry points call this before they
 * load anything else, because a missing built-in would otherwise end in a loader's stack trace.
 */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Chengxin needs Node 20.19 or newer and this is ${process.versions.node}: install a current Node (https://nodejs.org), then run the command again.`,
  );
  process.exit(1);
}
