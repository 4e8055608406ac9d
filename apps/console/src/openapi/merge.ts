/** The parts of an OpenAPI document that are merged; everything else passes unread. */
export interface ApiDocument {
  openapi: string;
  info: { title: string; description?: string; version: string };
  paths: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, unknown>; securitySchemes?: Record<string, unknown> };
  security?: unknown[];
  tags?: { name: string; description?: string }[];
  [extension: `x-${string}`]: unknown;
}

export interface ServiceDocument {
  service: string;
  document: ApiDocument;
}

/**
 * One document of all services. Each operation is tagged with its service. Schemas of one name and one
 * content are kept once; of one name and another content get their service's name in front, in the references
 * too. An address that two services claim is the first one's, as the console would pass it on.
 */
export function mergeDocuments(base: ApiDocument, parts: readonly ServiceDocument[]): ApiDocument {
  const schemas: Record<string, unknown> = { ...base.components?.schemas };
  const merged: ApiDocument = {
    ...base,
    paths: { ...base.paths },
    tags: parts.map(({ service, document }) => ({ name: service, description: document.info.description })),
  };
  for (const { service, document } of parts) {
    const own = document.components?.schemas ?? {};
    const renamed = new Map(
      Object.keys(own)
        .filter((name) => name in schemas && JSON.stringify(schemas[name]) !== JSON.stringify(own[name]))
        .map((name) => [name, `${service[0]!.toUpperCase()}${service.slice(1)}${name}`]),
    );
    for (const [name, schema] of Object.entries(own))
      schemas[renamed.get(name) ?? name] = withReferences(schema, renamed);
    for (const [path, operations] of Object.entries(document.paths)) {
      merged.paths[path] ??= Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          labelled(withReferences(operation, renamed), service),
        ]),
      );
    }
    merged.components = {
      ...merged.components,
      securitySchemes: { ...merged.components?.securitySchemes, ...document.components?.securitySchemes },
    };
  }
  merged.components = { ...merged.components, schemas };
  return merged;
}

function labelled(operation: unknown, service: string): unknown {
  if (operation === null || typeof operation !== 'object' || Array.isArray(operation)) return operation; // shared parameters
  const { operationId } = operation as { operationId?: string };
  return {
    ...operation,
    ...(operationId ? { operationId: `${service}_${operationId}` } : {}),
    tags: [service],
  };
}

const REFERENCE = '#/components/schemas/';

function withReferences(value: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (renamed.size === 0 || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => withReferences(item, renamed));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, withReferences(item, renamed)];
      const name = item.startsWith(REFERENCE) ? renamed.get(item.slice(REFERENCE.length)) : undefined;
      return [key, name ? `${REFERENCE}${name}` : item];
    }),
  );
}
