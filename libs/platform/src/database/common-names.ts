/**
 * Whether a part of a name is common: told by some of the table's pages, it decides which way is gone and never what
 * is found. (PostgreSQL's own estimate takes the pairs of one word for independent of each other and holds 建筑工程
 * to be a hundred times rarer than it is.)
 *
 * @param from the table and its alias
 * @param fits the condition that a name which holds the part meets
 * @param perMille how many of a thousand names are many
 * @param percent of the table's pages that are looked at, or an expression of it
 * @returns a statement with one row, `common`
 */
export function isCommon(from: string, fits: string, perMille: number, percent: number | string): string {
  return `SELECT held > 0 AND held * 1000 >= seen * ${perMille} AS common
    FROM (SELECT count(*) FILTER (WHERE ${fits}) AS held, count(*) AS seen FROM ${from} TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)) sample`;
}
