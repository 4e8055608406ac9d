/** connection (08), resources (53), operator intervention (57P), read-only after a failover (25006), system error (58) */
const AWAY_STATE = /^(08...|53...|57P..|25006|58...)$/;
const AWAY_SOCKET =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/**
 * pg tells these by their texts alone. "Not queryable" is what a statement gets whose session died between it
 * and the one before.
 */
const AWAY_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed)/;

/** Whether an error says that the database cannot be reached or refuses everyone, not that the statement was wrong. */
export function databaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_STATE.test(code) || AWAY_SOCKET.test(code))) return true;
  return typeof message === 'string' && AWAY_TEXT.test(message);
}
