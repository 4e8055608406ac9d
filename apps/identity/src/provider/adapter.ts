import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { type Database, databaseAway, storable } from '#platform';
import { findMachineClient } from '../store/machine-clients.js';
import { findPerson } from '../store/people.js';
import {
  consumeRecord,
  destroyRecord,
  findRecord,
  putRecord,
  revokeGrant,
  sweepRecords,
} from '../store/provider-records.js';

/** Answers 503 instead of 500 while PostgreSQL is away: clients repeat the one and give up on the other. */
async function reach<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!databaseAway(error)) throw error;
    const away = new errors.CustomOIDCProviderError(
      'temporarily_unavailable',
      'the database is away; try again',
    );
    away.status = away.statusCode = 503;
    throw away;
  }
}

/** Keeps one of the provider's models in PostgreSQL, so that replicas share it and a restart loses nothing. */
export class RecordAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly db: Database,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    return reach(putRecord(this.db, this.model, id, payload, expiresIn));
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('id', id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid', uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('user_code', userCode);
  }

  /** The provider looks whether a code is used up and then uses it up; two at once would both pass the look. */
  async consume(id: string): Promise<void> {
    const first = await reach(consumeRecord(this.db, this.model, id));
    if (!first) throw new errors.InvalidGrant(`${this.model} already used`);
  }

  destroy(id: string): Promise<void> {
    return reach(destroyRecord(this.db, this.model, id));
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return reach(revokeGrant(this.db, this.model, grantId));
  }

  async #findBy(key: 'id' | 'uid' | 'user_code', value: string): Promise<AdapterPayload | undefined> {
    if (!storable(value)) return undefined; // a code or an id with a NUL was never ours; PostgreSQL would fail on it
    const record = await reach(findRecord(this.db, this.model, key, value));
    return record && { ...record.payload, ...(record.consumed_at ? { consumed: true } : {}) };
  }
}

/** Sessions end with their login: one that was closed meanwhile is asked to log in again, and cannot. */
export class SessionAdapter extends RecordAdapter {
  constructor(
    private readonly people: Database,
    private readonly acceptDemo: boolean,
  ) {
    super('Session', people);
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#open(await super.find(id));
  }

  override async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#open(await super.findByUid(uid));
  }

  async #open(session: AdapterPayload | undefined): Promise<AdapterPayload | undefined> {
    if (!session?.accountId) return session;
    const person = await reach(findPerson(this.people, session.accountId, this.acceptDemo));
    return person && session;
  }
}

/** The systems of departments, read from their own table; the provider never writes clients. */
export class ClientAdapter implements Adapter {
  constructor(
    private readonly db: Database,
    private readonly acceptDemo: boolean,
  ) {}

  async find(clientId: string): Promise<AdapterPayload | undefined> {
    if (!storable(clientId)) return undefined;
    const client = await reach(findMachineClient(this.db, clientId, this.acceptDemo));
    return (
      client && {
        client_id: client.client_id,
        client_name: client.name,
        // The digest of the secret: `compareClientSecret` in provider.ts compares digests.
        client_secret: client.secret_hash,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      }
    );
  }

  upsert(): Promise<void> {
    return unused();
  }

  findByUid(): Promise<undefined> {
    return unused();
  }

  findByUserCode(): Promise<undefined> {
    return unused();
  }

  consume(): Promise<void> {
    return unused();
  }

  destroy(): Promise<void> {
    return unused();
  }

  revokeByGrantId(): Promise<void> {
    return unused();
  }
}

function unused(): Promise<never> {
  return Promise.reject(new Error('clients are only read: dynamic registration is off'));
}

/** Expired rows are never answered; this only keeps the table small. */
export async function sweepExpired(db: Database): Promise<number> {
  let swept = 0;
  for (let batch = 5_000; batch === 5_000; swept += batch) batch = await sweepRecords(db, 5_000);
  return swept;
}
