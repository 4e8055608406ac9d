export { eventually } from './eventually.js';
export { type Forked, forkTypescript } from './fork.js';
export { databaseAdminUrl, partsSetting } from './parts.js';
export { pdfFile } from './pdf-file.js';
export { ownWork, stopwatch } from './stopwatch.js';
export { fixedClock, movableClock, TestClock } from './test-clock.js';
export { type TestDatabase, testDatabase } from './test-database.js';
export {
  issueToken,
  issueToken as tokenFor,
  startTestIssuer,
  type TestIssuer,
  testIssuer,
  type TokenOptions,
} from './test-issuer.js';
