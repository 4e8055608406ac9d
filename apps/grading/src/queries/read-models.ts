import { Injectable } from '@nestjs/common';
import { Clock, type Page, pageOf, type PageRequest } from '#platform';
import type { GradeModel } from '../domain/model.js';
import { gradeRefusals } from '../domain/refusals.js';
import { ModelStore } from '../store/model.store.js';

export type ModelSummary = Pick<
  GradeModel,
  'id' | 'name' | 'nameEn' | 'subjectKinds' | 'validFrom' | 'validTo'
> & {
  modelVersion: number;
};

/** A version in full; `versions` names all that were published. */
export type ModelView = Omit<GradeModel, 'version'> & { modelVersion: number; versions: number[] };

@Injectable()
export class ReadModels {
  constructor(
    private readonly models: ModelStore,
    private readonly clock: Clock,
  ) {}

  async list(page: PageRequest): Promise<Page<ModelSummary>> {
    const keyOf = (model: GradeModel): string => `${model.id} ${String(model.version).padStart(6, '0')}`;
    const all = (await this.models.all()).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const rest = all.filter((model) => !page.after || keyOf(model) > page.after[0]!);
    const { items, next } = pageOf(rest.slice(0, page.limit + 1), page, (model) => [keyOf(model)]);
    return {
      items: items.map(({ id, version, name, nameEn, subjectKinds, validFrom, validTo }) => ({
        id,
        modelVersion: version,
        name,
        nameEn,
        subjectKinds,
        validFrom,
        validTo,
      })),
      ...(next ? { next } : {}),
    };
  }

  /** @throws Refusal `grade.model-not-found` */
  async one(id: string, version?: number): Promise<ModelView> {
    const today = this.clock.today();
    const versions = (await this.models.all()).filter((model) => model.id === id);
    const wanted =
      version === undefined
        ? versions.find((model) => (model.validFrom ?? today) <= today && today <= (model.validTo ?? today))
        : versions.find((model) => model.version === version);
    if (!wanted)
      throw gradeRefusals.refusal('grade.model-not-found', {
        model: [id.slice(0, 60), version].filter(Boolean).join(' version '),
      });
    const { version: modelVersion, ...rest } = wanted;
    return { ...rest, modelVersion, versions: versions.map((model) => model.version).sort((a, b) => a - b) };
  }
}
