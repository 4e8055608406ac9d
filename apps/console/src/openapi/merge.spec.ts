import { describe, expect, it } from '@jest/globals';
import { type ApiDocument, mergeDocuments } from './merge.js';

const base: ApiDocument = {
  openapi: '3.1.0',
  info: { title: 'all', version: '1' },
  paths: { '/api/operations/health': { get: { operationId: 'health' } } },
};

function documentOf(path: string, reference: string, schemas: Record<string, unknown>): ApiDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'one', description: 'does this', version: '1' },
    paths: {
      [path]: {
        post: { operationId: 'make', requestBody: { $ref: reference } },
        parameters: [{ $ref: reference }],
      },
    },
    components: { schemas, securitySchemes: { bearer: { type: 'http' } } },
  };
}

const ref = (name: string): string => `#/components/schemas/${name}`;

describe('one document of all services', () => {
  it('holds every path, tagged with its service, and operation ids that differ', () => {
    const merged = mergeDocuments(base, [
      { service: 'records', document: documentOf('/api/records', ref('Make'), { Make: { type: 'object' } }) },
      {
        service: 'listing',
        document: documentOf('/api/listings', ref('Make'), { Make: { type: 'object' } }),
      },
    ]);
    expect(Object.keys(merged.paths)).toEqual(['/api/operations/health', '/api/records', '/api/listings']);
    expect(merged.paths['/api/records']!['post']).toMatchObject({
      operationId: 'records_make',
      tags: ['records'],
    });
    expect(merged.paths['/api/listings']!['post']).toMatchObject({
      operationId: 'listing_make',
      tags: ['listing'],
    });
    expect(merged.paths['/api/listings']!['parameters']).toEqual([{ $ref: ref('Make') }]);
    expect(merged.components?.schemas).toEqual({ Make: { type: 'object' } });
    expect(merged.components?.securitySchemes).toEqual({ bearer: { type: 'http' } });
    expect(merged.tags).toEqual([
      { name: 'records', description: 'does this' },
      { name: 'listing', description: 'does this' },
    ]);
  });

  it('schemas of one name and another content do not become each other', () => {
    const merged = mergeDocuments(base, [
      { service: 'records', document: documentOf('/api/records', ref('Make'), { Make: { type: 'object' } }) },
      {
        service: 'listing',
        document: documentOf('/api/listings', ref('Make'), {
          Make: { type: 'array', items: { $ref: ref('Make') } },
          Other: {},
        }),
      },
    ]);
    expect(merged.components?.schemas).toEqual({
      Make: { type: 'object' },
      ListingMake: { type: 'array', items: { $ref: ref('ListingMake') } },
      Other: {},
    });
    expect(merged.paths['/api/listings']!['post']).toMatchObject({
      requestBody: { $ref: ref('ListingMake') },
    });
    expect(merged.paths['/api/records']!['post']).toMatchObject({ requestBody: { $ref: ref('Make') } });
  });

  it('an address that two claim is the first one’s; the base is left as it was', () => {
    const document = documentOf('/api/operations/health', ref('Make'), {});
    expect(mergeDocuments(base, [{ service: 'records', document }]).paths['/api/operations/health']).toEqual(
      base.paths['/api/operations/health'],
    );
    expect(base.tags).toBeUndefined();
  });
});
