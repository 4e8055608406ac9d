import type { Findings } from './contradiction.js';
import { BUSINESS_FIELDS } from './discipline.js';
import type { Seeds } from './seed-files.js';

/** An incentive needs a ground, a grade that its model knows, somebody who gives it, and a business to show in. */
export function checkIncentives(seeds: Seeds, findings: Findings): void {
  const found = findings.in('incentives');
  for (const { id, grades, honours, executors, fields } of seeds.incentives) {
    if (grades === null && !honours)
      found(id, 'incentive.ground-missing', 'Neither a grade nor an honour brings it.');
    if (grades !== null) {
      const models = seeds['grade-models'].filter((model) => model.id === grades.model);
      const known = new Set(models.flatMap((model) => model.scale.map((band) => band.grade)));
      for (const grade of grades.of.filter((one) => !known.has(one)))
        found(id, 'incentive.grade-unknown', `${grade} is no grade of ${grades.model}.`);
      if (grades.of.length === 0) found(id, 'incentive.grade-missing', 'No grade brings it: use null.');
    }
    const { units, ofSubjectsCity = [] } = executors;
    const givers = [...units, ...ofSubjectsCity.map((line) => `hlj.${line}`)];
    if (givers.length === 0) found(id, 'incentive.executor-missing', 'Nobody gives it.');
    for (const unit of givers.filter((one) => !seeds.units.some((row) => row.id === one)))
      found(id, 'incentive.executor-unknown', `${unit} is no unit.`);
    if (fields.length === 0) found(id, 'incentive.field-missing', 'It shows in no kind of business.');
    for (const field of fields.filter((one) => !BUSINESS_FIELDS.includes(one)))
      found(id, 'incentive.field-unknown', `${field} is no kind of business.`);
  }
}
