import type { LocalDate } from '#kernel';
import type { Standing } from './case-standing.js';

/** A listing as the service that decides it says it stands. */
export interface ToldCase {
  standing: 'live' | 'suspended' | 'ended';
  /** as it was last corrected */
  termEndsOn: LocalDate | null;
}

/** A listing as it is known here. */
export interface KnownCase {
  standing: Standing;
  termEndsOn: LocalDate | null;
}

/**
 * `live-there-only`: in force, and no measure of it stands here. `live-here-only`: its measures stand here, and it is
 * suspended, ended or unknown there. `other-term`: in force on both sides, to different days.
 */
export type Difference = 'live-there-only' | 'live-here-only' | 'other-term';

/** A fact of a snapshot: the type of an event and its data. */
export interface SnapshotFact {
  type: string;
  data: unknown;
}

interface OfCase {
  case?: { id: string };
  termEndsOn?: LocalDate | null;
}

/** How the listings of a subject stand, from the facts of its line in their order; by case. */
export function casesTold(facts: readonly SnapshotFact[]): Map<string, ToldCase> {
  const told = new Map<string, ToldCase>();
  for (const { type, data } of facts) {
    const { case: about, termEndsOn = null } = data as OfCase;
    if (!about) continue;
    const known = told.get(about.id);
    switch (type) {
      case 'cn.chengxin.listing.in-force.v1':
        told.set(about.id, { standing: 'live', termEndsOn });
        break;
      case 'cn.chengxin.listing.suspended.v1':
        if (known) known.standing = 'suspended';
        break;
      case 'cn.chengxin.listing.ended.v1':
        told.set(about.id, { standing: 'ended', termEndsOn: known?.termEndsOn ?? null });
        break;
      default: // what else stands of a subject (publication, objections, repairs) moves no measure
    }
  }
  return told;
}

/** undefined: not known on that side. null: they agree. */
export function differenceOf(told: ToldCase | undefined, known: KnownCase | undefined): Difference | null {
  const [there, here] = [told?.standing === 'live', known?.standing === 'live'];
  if (there !== here) return there ? 'live-there-only' : 'live-here-only';
  return there && told!.termEndsOn !== known!.termEndsOn ? 'other-term' : null;
}
