import { randomUUID } from 'node:crypto';
import type { Service } from './told.js';

/** A loss or a doubling in a service's own tables, made by hand once all agrees: the witness must find each. */
export const planted: readonly { what: string; service: Service; sql: string; params?: () => unknown[] }[] = [
  {
    what: 'a record that grading has lost',
    service: 'grading',
    sql: 'DELETE FROM held_record WHERE ctid = (SELECT ctid FROM held_record LIMIT 1)',
  },
  {
    what: 'an end of a listing that the credit file has not seen',
    service: 'records',
    sql: 'UPDATE file_listing SET ended_on = NULL, ended_how = NULL',
  },
  {
    what: 'a receipt that listing has lost',
    service: 'listing',
    sql: 'DELETE FROM messaging.inbox WHERE event_id = (SELECT event_id FROM messaging.inbox LIMIT 1)',
  },
  {
    what: 'a notice of an event that never was',
    service: 'notifications',
    sql: `INSERT INTO notice (id, cause_event_id, cause_type, subject_id, recipient_kind, recipient_id, zh, en, told_at)
          VALUES ($1, $2, 'x', $3, 'unit', 'x', 'x', 'x', now())`,
    params: () => [randomUUID(), randomUUID(), randomUUID()],
  },
  {
    what: 'a delivery that was forgotten',
    service: 'notifications',
    sql: 'DELETE FROM delivery WHERE id = (SELECT id FROM delivery LIMIT 1)',
  },
  {
    what: 'an action that measures does not hold',
    service: 'measures',
    sql: `UPDATE discipline_action SET status = 'lift-ordered' WHERE id = (SELECT id FROM discipline_action LIMIT 1)`,
  },
];
