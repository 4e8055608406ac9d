import type { LocalDate } from '#kernel';
import { type DocumentKind, type DocumentTemplate, validOn } from '#seeds';

/**
 * The form of a letter on a day: the list's own where it has one, else the general one.
 *
 * @throws Error where there is none, which the checks of the seeds exclude
 */
export function templateFor(
  templates: readonly DocumentTemplate[],
  kind: DocumentKind,
  listType: string,
  day: LocalDate,
): DocumentTemplate {
  const valid = templates.filter((one) => one.kind === kind && validOn(one, day));
  const found =
    valid.find(({ lists }) => lists?.includes(listType)) ?? valid.find(({ lists }) => lists === null);
  if (!found) throw new Error(`no form of the ${kind} of ${listType} on ${day}`);
  return found;
}
