import type { Queryable } from '#platform';
import { actionsFor, type RuleBook } from '../../apps/measures/src/discipline/domain/allowed-actions.js';
import { type Fate, stands } from './discipline-fates.js';

/* Live action ⇔ live listing that orders it: what stands and what was told, held against what happened to each listing. */

export interface Evidence {
  /** each action in words: case, rule, executor, mode, round, last day, and whether it stands or by what it was lifted */
  actions: readonly string[];
  /** by type: how many, and about how many different actions, cases or corrections */
  told: ReadonlyMap<string, { n: number; about: number; actions: number }>;
  openLetters: number;
  /** subjects that a list of the seriously dishonest keeps from every incentive */
  kept: readonly string[];
}

export async function evidenceOf(db: Queryable): Promise<Evidence> {
  const actions = await db.query<{ text: string }>(
    `SELECT concat_ws(' ', case_id, rule, executor, mode, 'round ' || round, 'to ' || until,
       CASE WHEN status IN ('lift-ordered', 'lifted') THEN 'lifted: ' || (state -> 'lift' ->> 'end') ELSE 'stands' END) AS text
     FROM discipline_action`,
  );
  const told = await db.query<{ type: string; n: number; about: number; actions: number }>(
    `SELECT split_part(e ->> 'type', '.', 4) || coalesce(' ' || (e #>> '{data,stage}'), '') AS type, count(*) AS n,
            count(DISTINCT coalesce(e #>> '{data,action,id}', e #>> '{data,case,id}')) AS about,
            coalesce(sum((e #>> '{data,actions}')::int), 0) AS actions
     FROM (SELECT envelope::jsonb AS e FROM messaging.outbox) AS o
     WHERE e ->> 'type' LIKE 'cn.chengxin.discipline.%' GROUP BY 1`,
  );
  const letters = await db.query<{ n: number }>(
    `SELECT count(*) AS n FROM messaging.dead_letter WHERE state = 'open'`,
  );
  const kept = await db.query<{ id: string }>(
    `SELECT subject_id AS id FROM incentive_ground WHERE serious_cases <> '{}'`,
  );
  return {
    kept: kept.rows.map(({ id }) => id),
    actions: actions.rows.map(({ text }) => text),
    told: new Map(told.rows.map(({ type, ...counts }) => [type, counts])),
    openLetters: letters.rows[0]!.n,
  };
}

/** @returns what is wrong, in words; nothing where all is as the law has it */
export function differences(evidence: Evidence, fates: readonly Fate[], book: RuleBook): string[] {
  const lawful = fates.flatMap((fate) => lawfulFor(fate, book));
  const all = lawful.flat();
  const found = [
    ...listed('ordered by a listing, but not there', less(all, evidence.actions)),
    ...listed('there, but not as any listing orders it', less(evidence.actions, all)),
  ];
  const told = (type: string, n: number, about: number, actions = 0): void => {
    const is = evidence.told.get(type) ?? { n: 0, about: 0, actions: 0 };
    if (is.n === n && is.about === about && is.actions === actions) return;
    found.push(
      `${type} told ${is.n} times about ${is.about} with ${is.actions} actions, and not ${n}, ${about}, ${actions}`,
    );
  };
  told('ordered', all.length, all.length);
  const lifted = all.filter((text) => !text.endsWith('stands')).length;
  told('lift-ordered', lifted, lifted);
  // Of what stands again both rounds are counted.
  const counts = fates.map((fate) => lawfulFor(fate, book).map((round) => round.length));
  const again = counts.flatMap((rounds) => rounds.map((_, nth) => sum(rounds.slice(0, nth + 1))));
  told('completed ordered', again.length, fates.length, sum(again));
  const terms = fates.filter(({ name }) => name.startsWith('its term corrected')).length;
  told('correction-applied', terms, terms);
  const serious = fates
    .filter((fate) => stands(fate) && fate.listed.case.serious)
    .map(({ listed: { subject } }) => subject.id);
  found.push(
    ...listed('on a serious list, and not kept from incentives', less(serious, evidence.kept)),
    ...listed('kept from incentives, and on no serious list', less(evidence.kept, serious)),
  );
  if (evidence.openLetters > 0) found.push(`${evidence.openLetters} letters open`);
  return found;
}

/** Heard wholly: nothing more is on its way that would change what stands. */
export async function heardWholly(db: Queryable, fates: readonly Fate[]): Promise<boolean> {
  const { rows } = await db.query<{ cases: number; live: number; rounds: number }>(
    `SELECT count(*) AS cases, count(*) FILTER (WHERE standing = 'live') AS live, coalesce(sum(round), 0) AS rounds FROM discipline_case`,
  );
  const [{ cases, live, rounds }] = rows as [(typeof rows)[0]];
  return (
    cases === fates.length &&
    live === fates.filter(stands).length &&
    Number(rounds) === sum(fates.map((fate) => fate.rounds.length))
  );
}

/** Of each round what the rules of its day order to its term, in the words of the evidence. */
function lawfulFor({ listed, rounds }: Fate, book: RuleBook): string[][] {
  const { inForce: data } = listed;
  return rounds.map(({ rulesOn, termEndsOn, lifted }, nth) =>
    actionsFor(
      {
        listType: data.case.listType,
        conductKind: data.case.conductKind,
        subjectKind: data.subject.kind,
        region: data.subject.region,
        inForceOn: rulesOn,
        termEndsOn,
      },
      book,
    ).map(({ rule, executor, mode, until }) =>
      [
        data.case.id,
        rule,
        executor,
        mode,
        `round ${nth + 1}`,
        `to ${until}`,
        lifted ? `lifted: ${lifted}` : 'stands',
      ].join(' '),
    ),
  );
}

/** What of `a` is not in `b`, counting each as often as it is there. */
function less(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of b) left.set(each, (left.get(each) ?? 0) + 1);
  return a.filter((each) => {
    const n = left.get(each) ?? 0;
    left.set(each, n - 1);
    return n <= 0;
  });
}

const listed = (what: string, texts: readonly string[]): string[] =>
  texts.length > 0 ? [`${texts.length} ${what}: ${texts.slice(0, 3).join(' | ')}`] : [];
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
