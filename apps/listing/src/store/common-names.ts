/**
 * How many rows to look through until a page of names that hold a part is full, with half as many again to be sure;
 * 0 where that would be more than a hundred and fifty for each, and the index of pairs is the shorter way. Told by a
 * five-hundredth of the table's pages, it decides which way is gone and never what is found. (PostgreSQL's own
 * estimate takes the pairs of one word for independent of each other and holds 建筑工程 to be a hundred times rarer
 * than it is.)
 *
 * @param from the table and its alias
 * @param fits the condition that a name which holds the part meets
 * @param limit the parameter with the rows of a page
 * @returns a statement with one row, `many`
 */
export function lookThrough(from: string, fits: string, limit: string): string {
  return `SELECT CASE WHEN held * 100 >= seen AND held > 0 THEN (${limit}::bigint * seen * 3 / (held * 2)) ELSE 0 END AS many
    FROM (SELECT count(*) FILTER (WHERE ${fits}) AS held, count(*) AS seen FROM ${from} TABLESAMPLE SYSTEM (0.2) REPEATABLE (1)) sample`;
}
