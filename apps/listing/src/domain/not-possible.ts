/** How Chinese texts call the statuses and actions of a table. */
export interface TableNames<Status extends string, Action extends string> {
  statuses: Readonly<Record<Status, string>>;
  actions: Readonly<Record<Action, string>>;
}

/** What a refusal tells of a step that its table has not; lists are joined as each language joins them. */
export interface NotPossible {
  [fact: string]: string;
  id: string;
  action: string;
  actionZh: string;
  status: string;
  statusZh: string;
  possibleIn: string;
  possibleInZh: string;
}

/**
 * What was asked, how the matter stands, and where it is possible.
 *
 * @param rows the rows of the table for that action; null: it is where the matter begins
 */
export function notPossibleFacts<Status extends string, Action extends string>(
  { id, status }: { id: string; status: Status },
  action: Action,
  rows: readonly { from: Status | null }[],
  { statuses, actions }: TableNames<Status, Action>,
): NotPossible {
  const possibleIn = [...new Set(rows.flatMap(({ from }) => (from === null ? [] : [from])))];
  return {
    id,
    action,
    actionZh: actions[action],
    status,
    statusZh: statuses[status],
    possibleIn: possibleIn.join(', '),
    possibleInZh: possibleIn.map((from) => statuses[from]).join('、'),
  };
}
