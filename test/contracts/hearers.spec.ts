import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as contracts from '#contracts';

const APPS = new URL('../../apps/', import.meta.url);
const files = (readdirSync(APPS, { recursive: true }) as string[]).map((file) => file.replaceAll('\\', '/'));
const inboxes = files.filter((file) => /\/src\/(.+\/)?events\/inbox\.ts$/.test(file));

/** The exported names of the events that a service's inboxes hear, as written in `@Hears(…)`. */
function heardBy(service: string): string[] {
  const sources = inboxes.filter((file) => file.startsWith(`${service}/`));
  const written = sources.map((file) => readFileSync(new URL(file, APPS), 'utf8')).join('\n');
  // Takes its list from the map itself; that each is handled is checked as the service starts.
  if (written.includes(`@HearsEach(HEARERS.${service})`)) return namesOf(service);
  return [...written.matchAll(/@Hears(?:Together)?\((?:\w+\.)?(\w+)/g)].map(([, name]) => name!);
}

function namesOf(service: string): string[] {
  const exported = Object.entries(contracts);
  return contracts.heardBy(service)!.map((event) => exported.find(([, value]) => value === event)![0]);
}

describe('who hears what', () => {
  it('is told of every service that has an inbox', () => {
    const services = inboxes.map((file) => file.split('/')[0]);
    expect(Object.keys(contracts.HEARERS).sort()).toEqual([...new Set(services)].sort());
  });

  it.each(Object.keys(contracts.HEARERS))('is told of %s as its inbox says', (service) => {
    expect(namesOf(service).sort()).toEqual(heardBy(service).sort());
  });

  it.each(Object.keys(contracts.HEARERS))(
    'is shown of %s to be settled with its own database alone',
    (service) => {
      const specs = files.filter((file) => file.startsWith(`${service}/src/`) && file.endsWith('.spec.ts'));
      const shown = specs.filter((file) =>
        new RegExp(`heardAlone\\(\\{\\s*service: '${service}'`).test(
          readFileSync(new URL(file, APPS), 'utf8'),
        ),
      );
      expect(shown).toHaveLength(1);
    },
  );
});
