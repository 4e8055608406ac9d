/**
 * A person's name for the public: its first character and one star, 张三 and 张三丰 both 张*. One star whatever
 * the length, since surname plus length plus court often names the person (ordinance of Heilongjiang art. 23).
 */
export function maskName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first}*`;
}

/**
 * An identity document number for the public: first 3 and last 4 of a citizen ID, so that neither the county
 * nor the birth date (positions 7–14) shows. Other numbers keep at most their first 3: the last 4 of an old
 * 15-digit ID hold a digit of the birthday, and a passport number is too short to show both ends.
 */
export function maskCitizenId(id: string): string {
  const characters = [...id.trim()];
  const { length } = characters;
  const head = length >= 8 ? 3 : 0;
  const tail = length === 18 ? 4 : 0;
  return characters
    .map((character, index) => (index < head || index >= length - tail ? character : '*'))
    .join('');
}
