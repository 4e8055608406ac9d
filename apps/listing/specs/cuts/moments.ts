import pg from 'pg';

/** Where a transaction can be held: as it writes the first row of what happened, or with COMMIT under way. */
export type Moment = 'step' | 'commit';

const TABLES = [
  'case_history',
  'objection_history',
  'record_repair_history',
  'clue',
  'list_type_draft',
  'calendar_draft',
];
const KEYS: Readonly<Record<Moment, number>> = { step: 1, commit: 2 };

/**
 * Holds every transaction of a database at a moment. It sleeps in a trigger and waits for no lock, since a sweep gives
 * way to a lock after 250 ms; a shared advisory lock, which everyone gets, shows who is held.
 */
export class Moments {
  private constructor(private readonly client: pg.Client) {}

  static async install(url: string): Promise<Moments> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`
      CREATE TABLE held_moment (moment text PRIMARY KEY);
      CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        WHILE EXISTS (SELECT FROM held_moment WHERE moment = TG_ARGV[0]) LOOP
          PERFORM pg_advisory_xact_lock_shared(4711, TG_ARGV[1]::integer);
          PERFORM pg_sleep(0.05);
        END LOOP;
        RETURN NEW;
      END $$;`);
    for (const table of TABLES)
      await client.query(`
        CREATE TRIGGER held_at_step BEFORE INSERT OR UPDATE ON ${table}
          FOR EACH ROW EXECUTE FUNCTION hold('step', ${KEYS.step});
        CREATE CONSTRAINT TRIGGER held_at_commit AFTER INSERT OR UPDATE ON ${table} DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION hold('commit', ${KEYS.commit});`);
    return new Moments(client);
  }

  async hold(moment: Moment): Promise<void> {
    await this.client.query('INSERT INTO held_moment VALUES ($1)', [moment]);
  }

  async release(moment: Moment): Promise<void> {
    await this.client.query('DELETE FROM held_moment WHERE moment = $1', [moment]);
  }

  /** How many transactions are held there, or have been and are not over. */
  async held(moment: Moment): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `SELECT count(DISTINCT pid)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND classid = 4711
       AND objid = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [KEYS[moment]],
    );
    return rows[0]!.count;
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
