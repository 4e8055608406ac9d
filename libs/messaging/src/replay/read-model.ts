/**
 * Tables that a service fills from what it hears, and that can be emptied and filled again from there. Their
 * handlers say so (`@Hears(contract, { feeds: 'credit-file-grades' })`) and write nothing else into them.
 */
export interface ReadModel {
  name: string;
  /** emptied together when the model is rebuilt; nobody else may refer to them */
  tables: readonly string[];
}
