import type { Seeded } from './basis.js';

export type UnitKind =
  | 'department'
  | 'court'
  | 'party-body'
  | 'central-branch'
  | 'mass-organisation'
  | 'coordination-office'
  | 'collective'
  | 'city-government'
  | 'prefecture-office';

/**
 * How a collective string becomes units that can report. `members` is closed by the words themselves (and
 * may hold another collective); `designated` is open ("the units concerned"): the lead unit names them for
 * each measure, out of the units of the kinds given, and until then the task waits for a contact.
 */
export type CollectiveRule =
  { by: 'members'; members: string[] } | { by: 'designated'; candidates: UnitKind[]; note: string };

/** A body that leads, is responsible, decides or executes; names change, ids never do. */
export interface Unit extends Seeded {
  /** `hlj.<slug>`, `hlj.city.<code>`, `hlj.city.<code>.<slug>`. */
  id: string;
  /** The exact string of the provincial opinion; null for units that are not in it. */
  seedName: string | null;
  name: string;
  /** 规范化名称, with which it signs; from memory, whatever `confirmed` says of the rest. Absent: the name is all that is known. */
  officialName?: string;
  nameEn: string;
  kind: UnitKind;
  level: 'province' | 'city';
  /** GB/T 2260, six digits. */
  region: string;
  parent: string | null;
  successor?: string;
  /** Unified social credit code; null = not in the sources, never made up. */
  creditCode: string | null;
  collective?: CollectiveRule;
}
