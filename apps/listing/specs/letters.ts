import { type DocumentKind, loadSeeds } from '#seeds';
import { evolve } from '../src/domain/case/evolve.js';
import { compose } from '../src/documents/compose.js';
import { type DueDocument, dueDocuments } from '../src/documents/due-documents.js';
import type { Letter, Values } from '../src/documents/letter.js';
import type { RepairRequest } from '../src/domain/repair/entry.js';
import { rulesOn, type Story } from './story.js';

const templates = loadSeeds('document-templates');
const sites = loadSeeds('repair-rules').filter(({ sector }) => sector === 'general');
const ofLists = loadSeeds('objection-rules');

/**
 * Every letter of a story, as its facts bring them.
 *
 * @param objections rules of the lists on objections, where the seeds' own are not meant
 */
export function lettersOf(
  story: Story,
  unitName: string,
  objections: typeof ofLists = ofLists,
): Map<DocumentKind, Letter & { due: DueDocument }> {
  const letters = new Map<DocumentKind, Letter & { due: DueDocument }>();
  let state = story.first;
  let request: RepairRequest | null = null;
  for (const fact of story.facts) {
    const next = evolve(state, fact);
    for (const due of dueDocuments(fact, next, request)) {
      const list = rulesOn(next.listType as 'WAGE', next.rulesVersion, due.on).list;
      const more: Values =
        due.kind === 'closure-certificate'
          ? { receipts: ['公示结束　2025年11月21日'], code: 'ABCD-EFGH-JKMN-PQRS' }
          : due.from
            ? { decidedBy: unitName }
            : {};
      letters.set(due.kind, {
        ...compose(
          due,
          next,
          { unitName: due.from ?? unitName, list, templates, sites, objections },
          due.no ?? next.no,
          more,
        ),
        due,
      });
    }
    request = 'removalRequest' in next ? next.removalRequest : null;
    state = next;
  }
  return letters;
}
