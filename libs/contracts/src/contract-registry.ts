import { type CloudEvent, type Contract, faultsOf, schemaUri } from './contract.js';

const VERSION = /^(.+)\.v([1-9]\d*)$/;

/** `cn.chengxin.listing.published.v2` → `['cn.chengxin.listing.published', 2]` */
export function eventAndVersion(type: string): [event: string, version: number] {
  const [, event, version] = VERSION.exec(type) ?? [];
  if (!event) throw new Error(`event type ${type} has no version`);
  return [event, Number(version)];
}

/** An old event could not be read as a later version: a fault of the upgrade, not of the event. */
export class UpgradeFault extends Error {
  override readonly name = 'UpgradeFault';
}

/** The contracts of one release: which events it knows, and how older versions are read. */
export class ContractRegistry {
  readonly #byType: ReadonlyMap<string, Contract>;
  /** the type of each version → the contract of the version after it */
  readonly #next: ReadonlyMap<string, Contract>;

  /** @throws Error with every fault at once */
  constructor(readonly contracts: readonly Contract[]) {
    this.#byType = new Map(contracts.map((contract) => [contract.type, contract]));
    const later = contracts.filter(({ upgrades }) => upgrades);
    this.#next = new Map(later.map((contract) => [contract.upgrades!.from.type, contract]));
    const faults = contracts.flatMap((contract) => this.#faultsOf(contract));
    if (this.#byType.size !== contracts.length) faults.push('a type is named twice');
    if (faults.length > 0) throw new Error(`contracts do not fit together: ${faults.join('; ')}`);
  }

  of(type: string): Contract | undefined {
    return this.#byType.get(type);
  }

  /** Whether this version of an event is heard, or a later one as which it can be read. */
  isHeard(type: string, hears: (type: string) => boolean): boolean {
    if (hears(type)) return true;
    const next = this.#next.get(type);
    return next !== undefined && this.isHeard(next.type, hears);
  }

  /**
   * The event in the version that is heard: as it is, or upgraded step by step, here for all services. Id,
   * subject, sequence and time stay those of the event that was sent, so a repetition is known as one.
   *
   * @param event one that {@link isHeard}, its data checked
   * @throws UpgradeFault
   */
  asHeard(event: CloudEvent, hears: (type: string) => boolean): CloudEvent {
    if (hears(event.type)) return event;
    const next = this.#next.get(event.type);
    if (!next) throw new UpgradeFault(`nobody hears ${event.type}`);
    const data = upgraded(event, next);
    return this.asHeard({ ...event, type: next.type, dataschema: schemaUri(next), data }, hears);
  }

  /** Versions follow one another: of one event, on one topic, none left out. */
  #faultsOf({ type, topic, upgrades }: Contract): string[] {
    const [event, version] = eventAndVersion(type);
    if (version === 1)
      return upgrades ? [`${type} is the first version and upgrades ${upgrades.from.type}`] : [];
    if (!upgrades) return [`${type} does not say how version ${version - 1} is read`];
    const { from } = upgrades;
    const faults: string[] = [];
    if (from.type !== `${event}.v${version - 1}`) faults.push(`${type} upgrades ${from.type}`);
    if (this.of(from.type) !== from) faults.push(`${from.type}, which ${type} upgrades, is not there`);
    // Order and sequence of a subject hold within one topic.
    if (from.topic !== topic) faults.push(`${type} has another topic than ${from.type}`);
    return faults;
  }
}

function upgraded({ type, data: old }: CloudEvent, next: Contract): unknown {
  const cannot = (why: string, cause?: unknown): UpgradeFault =>
    new UpgradeFault(`${type} cannot be read as ${next.type}: ${why}`, { cause });
  let data: unknown;
  try {
    data = next.upgrades!.read(old as never);
  } catch (error) {
    throw cannot((error as Error).message, error);
  }
  const faults = faultsOf(next, data);
  if (faults.length > 0) throw cannot(faults.join('; '));
  return data;
}
