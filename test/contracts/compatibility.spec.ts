import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import {
  type Breaks,
  disciplineOrdered,
  incompatibilities,
  recordAccepted,
  type Release,
  releaseOf,
  type Schema,
} from '#contracts';
import { dataOf, twoReleases } from './any-schema.js';

/** `CHENGXIN_CASES=50000` for a long run; a failing one prints its seed. */
const CASES = Number(process.env['CHENGXIN_CASES'] ?? 600);

function changes(old: Schema, now: Schema): { path: string; what: string; breaks: Breaks }[] {
  const release = (schema: Schema) => ({ event: { topic: 'records', schema } });
  return incompatibilities(release(old), release(now)).map(({ path, what, breaks }) => ({
    path,
    what,
    breaks,
  }));
}

const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
formats.default(ajv);

/** What decides is ajv, as it reads events. */
function reader(schema: Schema): ValidateFunction {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
}

describe('a change that is called safe', () => {
  it(`breaks no reader: ${CASES} pairs of releases, with data`, () => {
    const seen = { 'old readers': 0, 'new readers': 0 };
    fc.assert(
      fc.property(twoReleases, fc.infiniteStream(fc.nat()), ([old, now], seeds) => {
        const found = changes(old, now);
        const [readsOld, readsNow] = [reader(old), reader(now)];
        const ways = [
          ['old readers', now, readsNow, readsOld],
          ['new readers', old, readsOld, readsNow],
        ] as const;
        for (const [breaks, sent, fits, reads] of ways) {
          if (found.some((change) => change.breaks === breaks || change.breaks === 'both')) continue;
          const seed = Number(seeds.next().value);
          const data = fc.sample(dataOf(sent), { numRuns: 8, seed }).filter((datum) => fits(datum));
          seen[breaks] += data.length;
          for (const datum of data) {
            if (!reads(datum))
              throw new Error(`called safe for ${breaks}, yet refused: ${JSON.stringify(datum)}`);
          }
        }
      }),
      { numRuns: CASES },
    );
    // A checker that calls nothing safe would pass, too.
    expect(seen['old readers']).toBeGreaterThan(CASES / 2);
    expect(seen['new readers']).toBeGreaterThan(CASES / 2);
  }, 3_600_000);
});

describe('each kind of change, on the contracts as they are', () => {
  const release = releaseOf([disciplineOrdered, recordAccepted]);
  const { type } = disciplineOrdered;
  type Part = ReturnType<typeof JSON.parse>; // schemas are cut open here

  /** The changes after `edit` has had its way with the schemas of `data` and of `data.action`. */
  function after(edit: (data: Part, action: Part) => void): string[] {
    const now = structuredClone(release) as Record<string, { topic: string; schema: Part }>;
    const data = now[type]!.schema['properties'].data;
    edit(data, data.properties.action);
    return incompatibilities(release, now as Release).map(
      ({ path, what, breaks }) => `${path.replace('data.action.', '')}: ${what} (${breaks})`,
    );
  }
  const drop = (object: Part, name: string): void => {
    object['required'] = object['required'].filter((one: string) => one !== name);
    delete object['properties'][name];
  };

  it.each<[string, (data: Part, action: Part) => void, string[]]>([
    ['a field removed', (_, action) => drop(action, 'title'), ['title: removed (old readers)']],
    [
      'a field renamed',
      (_, action) => {
        action['properties'].name = action['properties'].title;
        action['required'].push('name');
        drop(action, 'title');
      },
      ['title: removed (old readers)', 'name: added, and required (new readers)'],
    ],
    [
      'a required field that may be left out',
      (_, action) => action['required'].splice(action['required'].indexOf('until'), 1),
      ['until: was required, is optional (old readers)'],
    ],
    [
      'a new required field',
      (_, action) => {
        action['properties'].note = { type: 'string' };
        action['required'].push('note');
      },
      ['note: added, and required (new readers)'],
    ],
    [
      'a field that may no longer be null',
      (_, action) => (action['properties'].until = action['properties'].from),
      ['until: may no longer be null (new readers)'],
    ],
    [
      'a field that may now be null',
      (_, action) => (action['properties'].from = action['properties'].until),
      ['from: may now be null (old readers)'],
    ],
    [
      'another value of an enumeration',
      (_, action) => action['properties'].mode.enum.push('advised'),
      ['mode: may now be "advised" (old readers)'],
    ],
    [
      'one value less',
      (_, action) => action['properties'].mode.enum.pop(),
      ['mode: may no longer be "considered" (new readers)'],
    ],
    [
      'free text in place of an enumeration',
      (_, action) => delete action['properties'].mode.enum,
      ['mode: enum ["required","considered"] became none (old readers)'],
    ],
    [
      'longer texts',
      (_, action) => (action['properties'].title.maxLength = 400),
      ['title: maxLength 200 became 400 (old readers)'],
    ],
    [
      'shorter texts',
      (_, action) => (action['properties'].title.maxLength = 100),
      ['title: maxLength 200 became 100 (new readers)'],
    ],
    [
      'a list that may be empty',
      (_, action) => delete action['properties'].basis.minItems,
      ['basis: minItems 1 became none (old readers)'],
    ],
    [
      'a limit inside a list',
      (_, action) => (action['properties'].basis.items.properties.article.maxLength = 20),
      ['basis[].article: maxLength 200 became 20 (new readers)'],
    ],
    [
      'another type',
      (_, action) => (action['properties'].title = { type: 'integer' }),
      ['title: type "string" became "integer" (both)'],
    ],
    [
      'another pattern',
      (_, action) => (action['properties'].executor.pattern = '^.+$'),
      ['executor: pattern "^[a-z0-9][a-z0-9.-]{1,79}$" became "^.+$" (both)'],
    ],
    [
      'another format',
      (_, action) => (action['properties'].from.format = 'date-time'),
      ['from: format "date" became "date-time" (both)'],
    ],
    [
      'an object closed to further fields',
      (_, action) => (action['additionalProperties'] = false),
      ['data.action: closed to further fields (new readers)'],
    ],
    [
      'a keyword that is not understood',
      (_, action) => (action['not'] = { required: ['note'] }),
      ['data.action: changed in a way that is not understood (both)'],
    ],
  ])('%s', (_, edit, told) => expect(after(edit)).toEqual(told));

  it('a member of a union that seems to be covered by an open one', () => {
    const named: Schema = { type: 'object', properties: { a: { type: 'string' } } };
    const counted: Schema = { type: 'object', properties: { b: { type: 'integer' } } };
    // What was sent as the first member may have come with any b.
    expect(changes({ anyOf: [named, counted] }, { anyOf: [counted] })).toEqual([
      { path: 'b', what: 'type none became "integer"', breaks: 'new readers' },
    ]);
  });

  it('a condition around a union, dropped', () => {
    const member = { type: 'string', maxLength: 5 };
    expect(changes({ maxLength: 2, anyOf: [member] }, { anyOf: [member] })).toMatchObject([
      { breaks: 'both' }, // it is not taken apart, so it is only ever the same or another
    ]);
  });

  it('events that are gone or moved', () => {
    const { [type]: gone, ...rest } = release;
    expect(incompatibilities(release, rest)).toEqual([
      { type, path: '', what: 'event removed', breaks: 'both' },
    ]);
    const moved = { ...rest, [type]: { ...gone!, topic: 'measures' } };
    expect(incompatibilities(release, moved)).toEqual([
      { type, path: '', what: 'moved from topic discipline to measures', breaks: 'both' },
    ]);
  });

  it('what harms nobody is not told', () => {
    const told = after((data, action) => {
      data['properties'].note = { type: 'string', maxLength: 200 };
      action['description'] = 'said otherwise';
      action['required'].reverse();
      action['properties'].mode.enum.reverse();
      action['properties'].until = { type: ['null', 'string'], format: 'date' };
      data['properties'].case.properties.serious = { anyOf: [{ const: true }, { const: false }] };
    });
    expect(told).toEqual([]);
    expect(incompatibilities(release, { ...release, newcomer: release[type]! })).toEqual([]);
  });
});
