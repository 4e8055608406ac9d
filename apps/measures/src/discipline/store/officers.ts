import { Injectable } from '@nestjs/common';
import { type Actor, Database, type Queryable } from '#platform';
import type { Officer } from '../domain/action.js';

/** Discipline officers of each department, as they were seen with their own login. */
@Injectable()
export class Officers {
  /** What this process has written down already: an officer comes many times a day. */
  readonly #written = new Map<string, string>();

  constructor(private readonly database: Database) {}

  async seen({ id, name, department, roles }: Actor): Promise<void> {
    if (department === undefined || !roles.includes('discipline-officer')) return;
    const key = `${department} ${id}`;
    if (this.#written.get(key) === name) return;
    await this.database.query(
      `INSERT INTO officer (department, login, name) VALUES ($1, $2, $3)
       ON CONFLICT (department, login) DO UPDATE SET name = excluded.name`,
      [department, id, name],
    );
    this.#written.set(key, name);
  }

  async find(db: Queryable, department: string, id: string): Promise<Officer | undefined> {
    const { rows } = await db.query<Officer>(
      'SELECT login AS id, name FROM officer WHERE department = $1 AND login = $2',
      [department, id],
    );
    return rows[0];
  }

  async of(department: string): Promise<Officer[]> {
    const { rows } = await this.database.query<Officer>(
      'SELECT login AS id, name FROM officer WHERE department = $1 ORDER BY login',
      [department],
    );
    return rows;
  }
}
