/**
 * Whether a part of a name stands in many of a table's names, from a five-hundredth of its pages. The answer says
 * which way to a page is the shorter, never what is on it. (PostgreSQL's own estimate takes the pairs of one word
 * for independent of each other and holds 建筑工程 to be a hundred times rarer than it is.)
 *
 * @param from the table and its alias
 * @param fits the condition that a name which holds the part meets
 * @param percent from how many of a hundred names on it is common
 * @returns a statement with one row, `yes`
 */
export function isCommon(from: string, fits: string, percent: number): string {
  return `SELECT coalesce(count(*) FILTER (WHERE ${fits}) * 100 >= ${percent} * count(*) AND count(*) > 0, false) AS yes
    FROM ${from} TABLESAMPLE SYSTEM (0.2) REPEATABLE (1)`;
}
