import { maskCitizenId, maskName } from '#kernel';

/*
 * Departments write what they like into free text. Events carry it to other departments, so what identifies a
 * person is masked before (PIPL art. 6, 28); the record itself keeps the text for those who may read it.
 */

/** Citizen numbers of GB 11643 by their date of birth. */
const CITIZEN_ID = /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)/g;
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;

/** Numbers of anybody: of the subject, a legal representative, a witness. */
export function withoutNumbers(text: string): string {
  return text
    .replace(CITIZEN_ID, (id) => maskCitizenId(id))
    .replace(MOBILE, (number) => `${number.slice(0, 3)}****${number.slice(-4)}`);
}

/** The same, and the name of the person whom the record is about; other names in the text are not known here. */
export function withoutPerson(text: string, name: string): string {
  // One character would be found everywhere.
  return withoutNumbers([...name].length < 2 ? text : text.replaceAll(name, maskName(name)));
}
