const DAY_MS = 86_400_000;

/*
 * How long things are kept, in one place because they hang together: whatever can still arrive, because a topic
 * keeps it or a replay is reading it, must meet what was noted of it.
 */

/** Topics keep events so long; given to each topic when it is created. */
export const TOPIC_RETENTION_MS = 30 * DAY_MS;
/** A consumer that is rebuilt from the beginning of its topics must be through by then. */
export const LONGEST_REPLAY_MS = 30 * DAY_MS;

/** Receipts: a repetition must be known for as long as it can come. */
export const RECEIPT_RETENTION_MS = 90 * DAY_MS;
/**
 * Dead letters after they were settled, and redrives after they ended. An open letter and what is parked behind it
 * are kept until they are settled, however long that takes: once their topic has let go of them they are the only
 * copy. The audit is never swept.
 */
export const SETTLED_RETENTION_MS = 90 * DAY_MS;
