import { workingCalendar } from '#kernel';
import type { Tx } from '#platform';
import { type DisciplineRule, loadSeeds, orderableById, type Seeds } from '#seeds';
import type { LawOfAnswers } from '../domain/law-of-answers.js';

/** The dated law of answers, from the seeds; read once when the process starts. */
export function seededLaw(): LawOfAnswers {
  return {
    calendar: workingCalendar(loadSeeds('calendars')),
    clocks: loadSeeds('discipline-clocks'),
    reasons: loadSeeds('not-applied-reasons'),
    units: new Map(loadSeeds('units').map(({ id, successor }) => [id, { successor: successor ?? null }])),
  };
}

/** Catalogue and rules are laid down anew as a whole: one at a time, each over what the one before left. */
export async function lockLaw(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin measures seeds'))`);
}

/** The closed catalogue and the rules as given (the seeds, and what was published over them), and nothing that stood there before. */
export async function storeRules(tx: Tx, seeds: Seeds): Promise<void> {
  const entries = orderableById(seeds);
  const partOf = (rows: readonly { id: string }[], part: string): object[] =>
    rows.map((content) => {
      const { class: measureClass, validFrom, validTo } = entries.get(content.id)!;
      return { id: content.id, part, class: measureClass, valid_from: validFrom, valid_to: validTo, content };
    });
  await tx.query('DELETE FROM discipline_rule');
  await tx.query('DELETE FROM discipline_catalogue');
  await tx.query(
    `INSERT INTO discipline_catalogue (id, part, class, valid_from, valid_to, content)
     SELECT id, part, class, valid_from, valid_to, content FROM jsonb_to_recordset($1)
       AS g (id text, part text, class text, valid_from date, valid_to date, content jsonb)`,
    [
      JSON.stringify([
        ...partOf(seeds['discipline-catalogue'], 'national'),
        ...partOf(seeds['discipline-supplement'], 'supplement'),
        ...partOf(seeds.constraints, 'constraint'),
      ]),
    ],
  );
  await storeRuleRows(tx, seeds['discipline-rules']);
}

async function storeRuleRows(tx: Tx, rules: readonly DisciplineRule[]): Promise<void> {
  await tx.query(
    `INSERT INTO discipline_rule (id, valid_from, valid_to, list, measure, mode, content)
     SELECT g.row ->> 'id', coalesce((g.row ->> 'validFrom')::date, '-infinity'), (g.row ->> 'validTo')::date,
            g.row ->> 'list', g.row ->> 'measure', g.row ->> 'mode', g.row
     FROM jsonb_array_elements($1) AS g (row)`,
    [JSON.stringify(rules)],
  );
}
