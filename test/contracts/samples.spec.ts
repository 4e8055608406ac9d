import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allContracts, contractOf, faultsOf, TOPICS } from '#contracts';

const frozen = new URL('../../libs/contracts/samples/', import.meta.url);
const frozenTypes = readdirSync(frozen).map((file) => file.replace(/\.json$/, ''));

describe('contracts', () => {
  it('name each event once, on a known topic', () => {
    expect(new Set(allContracts.map(({ type }) => type)).size).toBe(allContracts.length);
    for (const { topic } of allContracts) expect(TOPICS).toContain(topic);
  });

  it('each has a frozen sample, and no frozen sample has lost its contract', () => {
    expect(frozenTypes.sort()).toEqual(allContracts.map(({ type }) => type).sort());
  });

  it.each(frozenTypes)('%s still reads what was sent once', (type) => {
    const sample: unknown = JSON.parse(readFileSync(new URL(`${type}.json`, frozen), 'utf8'));
    expect(faultsOf(contractOf(type)!, sample)).toEqual([]);
  });

  it.each(allContracts)('$type refuses data without its fields and passes unknown ones', (contract) => {
    expect(faultsOf(contract, {})).not.toEqual([]);
    expect(faultsOf(contract, { ...contract.sample, fieldOfANewerProducer: 1 })).toEqual([]);
  });

  it.each(allContracts)('$type never names an ID number, phone or address', (contract) => {
    expect(JSON.stringify(contract.data)).not.toMatch(/citizenId|idNumber|phone|address|birth/i);
  });
});
