import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allContracts, type Audience, HEARERS, type Topic, TOPICS } from '#contracts';

/* Rights are given by topic, so topics must keep apart what different readers may read. */

const audiencesOn = (topic: Topic): Audience[] => [
  ...new Set(allContracts.filter((contract) => contract.topic === topic).map(({ audience }) => audience)),
];

describe('a topic', () => {
  it.each(TOPICS)('%s holds events for one kind of reader', (topic) => {
    const kind: Audience = topic === 'cases' ? 'restricted' : topic === 'public' ? 'public' : 'government';
    expect(audiencesOn(topic)).toEqual([kind]);
  });
});

describe('deploy/kafka', () => {
  const text = readFileSync(new URL('../../deploy/kafka/README.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('`', '').trim()),
    );

  it('says of each topic who writes and who reads it', () => {
    const listed = (names: Iterable<string>): string => [...new Set(names)].sort().join(', ') || '–';
    const expected = TOPICS.map((topic) => {
      const onIt = allContracts.filter((contract) => contract.topic === topic);
      const readers = Object.entries(HEARERS).filter(([, heard]) =>
        heard.some((each) => each.topic === topic),
      );
      return [
        topic,
        listed(onIt.map(({ source }) => source.slice(1))),
        listed(readers.map(([service]) => service)),
      ];
    });
    expect(rows.map((row) => row.slice(0, 3))).toEqual(expected);
  });

  it('lets nobody outside read what is restricted, and everyone only what is public', () => {
    for (const [topic, , , outside] of rows) {
      const [audience] = audiencesOn(topic as Topic);
      if (audience === 'restricted') expect([topic, outside]).toEqual([topic, 'nobody']);
      else expect(audience === 'public').toBe(outside === 'everyone');
    }
  });
});
