import { documentKinds, type DocumentTemplate, documentValues } from './document-template.js';
import type { Findings } from './contradiction.js';
import type { Seeds } from './seed-files.js';

/** Templates ask only for what their letter has, and every letter has a form for every list. */
export function checkDocuments(seeds: Seeds, findings: Findings): void {
  const found = findings.in('document-templates');
  const lists = new Set<string>(seeds['list-types'].map((list) => list.key));
  for (const template of seeds['document-templates']) {
    if (!documentKinds.includes(template.kind)) {
      found(template.id, 'document.kind-unknown', `${template.kind} is no letter of a case.`);
      continue;
    }
    for (const list of template.lists ?? []) {
      if (!lists.has(list)) found(template.id, 'document.list-unknown', `${list} is no list type.`);
    }
    const known = documentValues[template.kind];
    for (const name of askedFor(template)) {
      if (!known.includes(name))
        found(template.id, 'document.value-unknown', `A ${template.kind} has no {${name}}.`);
    }
  }
  for (const kind of documentKinds) {
    const general = seeds['document-templates'].some((one) => one.kind === kind && one.lists === null);
    if (!general) found(kind, 'document.form-missing', `No general form of the ${kind}.`);
  }
}

function askedFor(template: DocumentTemplate): Set<string> {
  const texts = [template.title, ...template.blocks.flatMap(({ heading, text }) => [heading, text])];
  const placed = texts.flatMap((text) => [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  const named = template.blocks.flatMap(({ each, when, unless }) => [each, when, unless]);
  return new Set([...placed, ...named.filter((name) => name !== undefined)]);
}
