import { describe, expect, it } from '@jest/globals';
import type { MessageHandler } from '@nestjs/microservices';
import { type Contract, gradeComputed, measureProgressReported, type Topic } from '#contracts';
import { Handlers, WiringFault } from './handlers.js';

const handler = (contract?: Contract): MessageHandler =>
  Object.assign(() => Promise.resolve(), contract ? { extras: { contracts: [contract] } } : {}) as never;
const wire = (
  discovered: [string, MessageHandler][],
  consumes: Topic[],
  expected?: Contract[],
): readonly string[] => {
  try {
    new Handlers(new Map(discovered), consumes, undefined, undefined, expected);
    return [];
  } catch (error) {
    return (error as WiringFault).faults;
  }
};
const { type } = measureProgressReported;

describe('wiring', () => {
  it('holds when every handler has its topic and every topic a handler', () => {
    expect(wire([[type, handler(measureProgressReported)]], ['measures'])).toEqual([]);
    expect(wire([], [])).toEqual([]);
  });

  it('names every fault at once', () => {
    const twice = Object.assign(handler(measureProgressReported), { next: handler(measureProgressReported) });
    expect(
      wire(
        [
          [type, twice],
          [gradeComputed.type, handler(gradeComputed)],
        ],
        ['measures', 'records'],
      ),
    ).toEqual([
      `${type} has more than one handler`,
      `${gradeComputed.type} is heard, but its topic grades is not consumed`,
      'the topic records is consumed, but none of its events is heard',
    ]);
  });

  it('refuses to start without a handler that the map of events names, and with one that it does not', () => {
    expect(wire([[type, handler(measureProgressReported)]], ['measures'], [gradeComputed])).toEqual([
      `${gradeComputed.type} has no handler`,
      `${type} is heard, but HEARERS of #contracts does not say so`,
    ]);
  });

  it('refuses handlers that @Hears did not declare, and contracts of its own', () => {
    expect(wire([['any', handler()]], [])).toEqual([
      'the handler of any was not declared with @Hears or @HearsTogether',
    ]);
    const own = { ...measureProgressReported };
    expect(wire([[type, handler(own)]], ['measures'])).toEqual([
      `${type} is not one of the contracts of #contracts`,
    ]);
  });
});
