import type { Schema } from '#contracts';

export interface Field {
  /** `case.department`, `basis[].article` */
  name: string;
  /** in words: `text, at most 200 characters`, `one of: kept, broken`, `date or null` */
  what: string;
  required: boolean;
  description: string;
}

/** The fields of an event's data as a list to read, objects before what is in them. */
export function fieldsOf(schema: Schema, within = ''): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]): Field[] => {
    const path = within ? `${within}.${name}` : name;
    const description = typeof field['description'] === 'string' ? field['description'] : '';
    const required = schema.required?.includes(name) ?? false;
    return [{ name: path, what: said(field), required, description }, ...inside(field, path)];
  });
}

function inside(field: Schema, path: string): Field[] {
  if (field.anyOf) return field.anyOf.flatMap((member) => inside(member, path));
  if (field.items) return inside(field.items, `${path}[]`);
  return fieldsOf(field, path);
}

function said(field: Schema): string {
  if (field.anyOf) return field.anyOf.map(said).join(' or ');
  if (field.enum) return `one of: ${field.enum.join(', ')}`;
  if ('const' in field) return String(field.const);
  const { format, pattern, maxLength, minimum } = field as Record<string, unknown>;
  switch (field.type) {
    case 'string':
      if (format) return String(format);
      if (pattern) return `text like ${String(pattern)}`;
      return maxLength ? `text, at most ${String(maxLength)} characters` : 'text';
    case 'array':
      return `list of ${said(field.items ?? {})}`;
    case 'null':
      return 'null';
    case 'integer':
    case 'number':
      return minimum === undefined ? field.type : `${field.type}, at least ${String(minimum)}`;
    default:
      return String(field.type ?? 'anything');
  }
}
