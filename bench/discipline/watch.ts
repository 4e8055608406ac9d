import pg from 'pg';
import type { Database } from '#platform';
import { clockUs } from '../harness/meter.js';
import type { Stamp } from '../latency/open-load.js';

/**
 * Each case whose actions are committed, and when: told by PostgreSQL at the commit itself, so a little late at most,
 * and equally late for whoever writes the case.
 */
export class Watch {
  readonly seen = new Map<string, number>();

  static async on({ db, databaseUrl }: { db: Database; databaseUrl: string }): Promise<Watch> {
    await db.query(
      `CREATE FUNCTION tell_commit() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_notify('ordered', NEW.case_id::text); RETURN NULL; END $$;
       CREATE TRIGGER tell_commit AFTER INSERT ON discipline_case FOR EACH ROW EXECUTE FUNCTION tell_commit()`,
    );
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const watch = new Watch(client);
    await client.query('LISTEN ordered');
    return watch;
  }

  private constructor(private readonly client: pg.Client) {
    client.on('notification', ({ payload }) => {
      if (!this.seen.has(payload!)) this.seen.set(payload!, clockUs());
    });
  }

  /** @throws Error while there is one that is not there yet */
  all(told: readonly Stamp[]): void {
    const missing = told.filter(({ id }) => !this.seen.has(id)).length;
    if (missing > 0) throw new Error(`${missing} of ${told.length} cases have no actions`);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
