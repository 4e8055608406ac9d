import type { Database } from '#platform';
import { findMachineClient } from '../store/machine-clients.js';
import { findPerson } from '../store/people.js';

/** Claims of this platform beside the standard ones; `#platform` reads an actor from them. */
export interface ActorClaims {
  name: string;
  department?: string;
  region?: string;
  roles: string[];
  party?: string;
  /** oidc-provider takes any further claims */
  [claim: string]: unknown;
}

export async function claimsOfPerson(
  db: Database,
  username: string,
  acceptDemo: boolean,
): Promise<ActorClaims | undefined> {
  const person = await findPerson(db, username, acceptDemo);
  return (
    person && {
      name: person.name,
      ...(person.unit ? { department: person.unit } : {}),
      ...(person.region ? { region: person.region } : {}),
      roles: person.roles,
      ...(person.party ? { party: person.party } : {}),
    }
  );
}

export async function claimsOfSystem(
  db: Database,
  clientId: string,
  acceptDemo: boolean,
): Promise<ActorClaims | undefined> {
  const client = await findMachineClient(db, clientId, acceptDemo);
  return client && { name: client.name, department: client.unit, region: client.region, roles: client.roles };
}
