import { Injectable } from '@nestjs/common';
import { defineRefusals, type LocalDate, type SubjectKind } from '#kernel';
import { Database, type Queryable, type Tx } from '#platform';
import { faultsOfModels, type GradeModel, modelFor } from '../domain/model.js';

/** Beside the terms, what of a published version may still change: how far it is confirmed, and its last day. */
export interface ModelNotes {
  validTo: LocalDate | null;
  confirmed: unknown;
  unconfirmed: unknown;
  source: unknown;
}

const publicationRefusals = defineRefusals({
  'grade-model.faulty': {
    kind: 'invalid',
    zh: '评价模型有误: {faults}',
    en: 'The grade models are faulty: {faults}.',
    cureZh: '改正模型后重新启动',
    cureEn: 'Mend the models and start again.',
  },
  'grade-model.changed': {
    kind: 'conflict',
    zh: '已发布的模型 {models} 内容被改动,同一版本不得修改',
    en: 'The published {models} has other content now; a published version never changes.',
    cureZh: '恢复原内容,以新的版本号发布修改',
    cureEn: 'Restore the content and publish the change under a new version.',
  },
});

/** The published grade models. They never change, so a process reads them once. */
@Injectable()
export class ModelStore {
  #loaded: GradeModel[] | undefined;

  constructor(private readonly database: Database) {}

  /**
   * Publishes the versions that are new.
   *
   * @throws Refusal `grade-model.faulty`, `grade-model.changed`: the service must not start
   */
  async publish(tx: Tx, models: readonly (GradeModel & ModelNotes)[]): Promise<void> {
    const faults = faultsOfModels(models);
    if (faults.length > 0)
      throw publicationRefusals.refusal('grade-model.faulty', { faults: faults.join('; ') });
    const rows = JSON.stringify(models.map(rowOf));
    const { rows: changed } = await tx.query<{ id: string; version: number }>(
      `SELECT m.id, m.version FROM grade_model m
       JOIN jsonb_to_recordset($1) AS g (id text, version integer, terms jsonb) USING (id, version)
       WHERE m.terms <> g.terms`,
      [rows],
    );
    if (changed.length > 0) {
      const named = changed.map(({ id, version }) => `${id} version ${version}`).join(', ');
      throw publicationRefusals.refusal('grade-model.changed', { models: named });
    }
    await tx.query(
      `INSERT INTO grade_model (id, version, valid_from, valid_to, terms, notes)
       SELECT id, version, coalesce(valid_from, '-infinity'), valid_to, terms, notes
       FROM jsonb_to_recordset($1) AS g (id text, version integer, valid_from date, valid_to date, terms jsonb, notes jsonb)
       ON CONFLICT (id, version) DO UPDATE SET valid_to = excluded.valid_to, notes = excluded.notes`,
      [rows],
    );
    this.#loaded = undefined;
  }

  async all(): Promise<GradeModel[]> {
    return (this.#loaded ??= await read(this.database));
  }

  async forKind(kind: SubjectKind, day: LocalDate): Promise<GradeModel | undefined> {
    return modelFor(await this.all(), kind, day);
  }

  async version(id: string, version: number): Promise<GradeModel | undefined> {
    return (await this.all()).find((model) => model.id === id && model.version === version);
  }
}

async function read(db: Queryable): Promise<GradeModel[]> {
  const { rows } = await db.query<{ model: GradeModel }>(
    'SELECT terms || notes AS model FROM grade_model ORDER BY id, version DESC',
  );
  return rows.map((row) => row.model);
}

function rowOf(model: GradeModel & ModelNotes): object {
  const { validTo, confirmed, unconfirmed, source, ...terms } = model;
  const { id, version, validFrom } = model;
  return {
    id,
    version,
    valid_from: validFrom,
    valid_to: validTo,
    terms,
    notes: { validTo, confirmed, unconfirmed, source },
  };
}
