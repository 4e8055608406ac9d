import { ParseUUIDPipe } from '@nestjs/common';
import { redriveRefusals } from '../inbox/redrive.js';
import { jobRefusals } from '../redrive/jobs.js';

/** The form of an id in a cursor. */
export const ID_PART = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A malformed id names nothing; pipes of Nest would answer in another form than ours. */
export const letterId = new ParseUUIDPipe({
  exceptionFactory: () => redriveRefusals.refusal('messaging.no-such-dead-letter', { id: '?' }),
});

export const jobId = new ParseUUIDPipe({
  exceptionFactory: () => jobRefusals.refusal('messaging.no-such-redrive', { id: '?' }),
});
