import { afterAll, beforeAll } from '@jest/globals';

/** For a file of walks: most of what is tried is refused, and a refusal that nobody reads needs no stack. */
export function withoutStacks(): void {
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
}
