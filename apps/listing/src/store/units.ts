import { Injectable } from '@nestjs/common';
import { HEILONGJIANG } from '#kernel';
import { loadSeeds, type Unit } from '#seeds';
import type { UnitLevel } from '../domain/rules/rules.js';

/** The units that decide, their level, and who stands above them. */
@Injectable()
export class Units {
  readonly #byId = new Map<string, Unit>();

  constructor() {
    for (const unit of loadSeeds('units')) this.#byId.set(unit.id, unit);
  }

  /** Its name today; what is no unit of the register keeps its id. */
  nameOf(id: string): string {
    return this.#byId.get(id)?.name ?? id;
  }

  /** The name with which it signs: in full, not as the provincial opinion shortens it. */
  signsAs(id: string): string {
    return this.#byId.get(id)?.officialName ?? this.nameOf(id);
  }

  /** Its division (GB/T 2260). */
  regionOf(id: string): string {
    return this.#byId.get(id)?.region ?? HEILONGJIANG.code;
  }

  /** Who is above its decisions: the government of its division, or, of a branch of a central body, its own line; of a court neither. */
  deciderOf(id: string): { region: string; vertical: boolean; court: boolean } {
    const kind = this.#byId.get(id)?.kind;
    return { region: this.regionOf(id), vertical: kind === 'central-branch', court: kind === 'court' };
  }

  levelOf(id: string): UnitLevel | undefined {
    return this.#byId.get(id)?.level;
  }

  /**
   * The next level up in the same line of work: of the bureau `hlj.city.230100.market-regulation` the
   * provincial `hlj.market-regulation`. The register's parent of a bureau is its city government, which
   * heads it but is not the 上一级市场监督管理部门 of order 44 art. 22.
   */
  superiorOf(id: string): string | null {
    const unit = this.#byId.get(id);
    if (!unit || unit.level === 'province') return null;
    const ofTheLine = `hlj.${id.split('.').at(-1)}`;
    return this.#byId.has(ofTheLine) ? ofTheLine : unit.parent;
  }

  /** Units whose superior this is: their cases are open to it, since its consent may be asked. */
  below(id: string): string[] {
    return [...this.#byId.keys()].filter((unit) => this.superiorOf(unit) === id);
  }
}
