import { describe, expect, it } from '@jest/globals';
import type { MessageHandler } from '@nestjs/microservices';
import { Type } from '@sinclair/typebox';
import {
  type Contract,
  ContractRegistry,
  defineEvent,
  faultsOf,
  incompatibilities,
  releaseOf,
  sampleEvent,
  schemaUri,
  UpgradeFault,
  upgradeFrom,
} from '#contracts';
import { Handlers } from '../../libs/messaging/src/inbox/handlers.js';
import { assessedN, assessedN1, assessedTwo, releaseN, releaseN1 } from './two-releases.js';

const hears =
  (...types: string[]) =>
  (type: string): boolean =>
    types.includes(type);
const old = { ...sampleEvent(assessedN), subject: 'measure-8' };

describe('an event that gets a second version', () => {
  it('is read in the version that is heard, as the same event', () => {
    const event = releaseN1.asHeard(old, hears(assessedTwo.type));
    expect(event).toEqual({
      ...old,
      type: assessedTwo.type,
      dataschema: schemaUri(assessedTwo),
      data: { measure: 8, score: { points: 60, of: 100 }, remark: null },
    });
    expect(old.data).toEqual({ measure: 8, points: 60 });
  });

  it('stays as it is for who still hears the first version, and is passed by who hears neither', () => {
    expect(releaseN1.asHeard(old, hears(assessedN.type))).toBe(old);
    expect(releaseN1.isHeard(old.type, hears(assessedTwo.type))).toBe(true);
    expect(releaseN1.isHeard(assessedTwo.type, hears(assessedN.type))).toBe(false);
    expect(releaseN1.isHeard(old.type, hears('cn.chengxin.measure.other.v1'))).toBe(false);
  });

  it('climbs through all versions between', () => {
    const three = defineEvent({
      ...assessedTwo,
      type: 'cn.chengxin.measure.assessed.v3',
      data: Type.Object({ measure: Type.Integer(), share: Type.Number() }),
      sample: { measure: 8, share: 0.6 },
      upgrades: upgradeFrom(assessedTwo, ({ measure, score }) => ({
        measure,
        share: score.points / score.of,
      })),
    });
    const registry = new ContractRegistry([assessedN1, assessedTwo, three]);
    expect(registry.asHeard(old, hears(three.type)).data).toEqual({ measure: 8, share: 0.6 });
  });

  it('an upgrade that fails, or gives what does not fit, is a fault with a name', () => {
    const broken = (read: () => unknown) =>
      new ContractRegistry([
        assessedN1,
        defineEvent({ ...assessedTwo, upgrades: { from: assessedN1, read: read as () => never } }),
      ]);
    const reading = (read: () => unknown) => () => broken(read).asHeard(old, hears(assessedTwo.type));
    expect(reading(() => ({ measure: 8 }))).toThrow(UpgradeFault);
    expect(
      reading(() => {
        throw new TypeError('no such field');
      }),
    ).toThrow(/v1 cannot be read as .*v2: no such field/);
  });

  it('is heard in one version by one service', () => {
    const handler = (contract: Contract): [string, MessageHandler] => [
      contract.type,
      Object.assign(() => Promise.resolve(), { extras: { contracts: [contract] } }) as never,
    ];
    const wire = (...contracts: Contract[]) =>
      new Handlers(new Map(contracts.map(handler)), ['measures'], releaseN1);
    expect(wire(assessedTwo).hears(assessedTwo.type)).toBe(true);
    expect(() => wire(assessedN1, assessedTwo)).toThrow(/are versions of one event: hear the later one/);
  });

  it('must say how the version before is read', () => {
    const { upgrades: _, ...bare } = assessedTwo;
    expect(() => new ContractRegistry([assessedN1, bare])).toThrow(/does not say how version 1 is read/);
    expect(() => new ContractRegistry([assessedTwo])).toThrow(/which .*v2 upgrades, is not there/);
    const moved = { ...assessedTwo, topic: 'grades' as const };
    expect(() => new ContractRegistry([assessedN1, moved])).toThrow(/another topic/);
    expect(() => new ContractRegistry([assessedN1, assessedN1])).toThrow(/named twice/);
  });
});

describe('two releases', () => {
  it('go together: a field added, a version added; the same change within a version would not', () => {
    expect(incompatibilities(releaseOf([assessedN]), releaseOf(releaseN1.contracts))).toEqual([]);
    const inPlace = { ...assessedTwo, type: assessedN.type };
    expect(
      incompatibilities(releaseOf([assessedN]), releaseOf([inPlace])).map(({ path, what }) => [path, what]),
    ).toEqual(
      expect.arrayContaining([
        ['data.points', 'removed'],
        ['data.score', 'added, and required'],
      ]),
    );
  });

  it('the earlier reads on when a field comes that it does not know', () => {
    expect(faultsOf(assessedN, assessedN1.sample)).toEqual([]);
    const event = { ...sampleEvent(assessedN1), subject: 'measure-8' };
    expect(releaseN.asHeard(event, hears(assessedN.type)).data).toEqual(assessedN1.sample);
  });
});
