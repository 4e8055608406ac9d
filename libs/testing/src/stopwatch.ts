const TICK_MS = 20;

/**
 * Measures what has a limit that is a promise of the product, on a machine that is busy with others: milliseconds
 * since the call, less those for which this process was kept waiting, which is how late its timers came. Processes
 * beside it fare alike. Work of this process itself would be taken off, too: that is measured by `process.cpuUsage()`.
 *
 * @returns stops it and tells the time
 */
export function stopwatch(): () => number {
  const began = performance.now();
  let last = began;
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    late += Math.max(0, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return performance.now() - began - late;
  };
}

/** Milliseconds of a core that this process has used since the call, whatever else the machine has to do. */
export function ownWork(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}
