import { maskName, withoutPersonalNumbers } from '#kernel';

/*
 * Departments write what they like into free text. Events carry it to other departments, so what identifies a
 * person is masked before (PIPL art. 6, 28); the record itself keeps the text for those who may read it.
 */

/** Without numbers of anybody, and without the name of the person whom the record is about; other names in the text are not known here. */
export function withoutPerson(text: string, name: string): string {
  // One character would be found everywhere.
  return withoutPersonalNumbers([...name].length < 2 ? text : text.replaceAll(name, maskName(name)));
}
