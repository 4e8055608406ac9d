/** The roles of the platform; a token carries any number of them. */
export const ROLES = [
  'department-system',
  'handler',
  'reviewer',
  'approver',
  'secrecy-reviewer',
  'discipline-officer',
  'lead-unit',
  'evaluator',
  'operator',
  'auditor',
  'party',
] as const;

export type Role = (typeof ROLES)[number];

/** Who acts: read from the access token, carried by every command, query and event. */
export interface Actor {
  kind: 'system' | 'person';
  /** client id of a system, subject id of a person */
  id: string;
  name: string;
  /** id of the unit for which the actor acts */
  department?: string;
  /** GB/T 2260 division of that unit */
  region?: string;
  roles: Role[];
  /** unified social credit code for which a party's login acts */
  party?: string;
}

/** One line that names an actor in events and history: `person:<id>@<unit>`. */
export function actorLine(actor: Actor): string {
  return `${actor.kind}:${actor.id}${actor.department ? `@${actor.department}` : ''}`;
}

/** The platform itself, for what a clock or an event brings about without a person. */
export function platformActor(service: string): Actor {
  return { kind: 'system', id: `chengxin-${service}`, name: `chengxin ${service}`, roles: [] };
}
