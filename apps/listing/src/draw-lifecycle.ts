import { readFileSync, writeFileSync } from 'node:fs';
import { DRAWN_TABLES, placeOf, sectionOf } from './domain/case/drawing.js';

/** Draws the lifecycle tables into the README that is named: `node dist/apps/listing/src/draw-lifecycle.js apps/listing/README.md`. */
const [, , file = 'apps/listing/README.md'] = process.argv;
let readme = readFileSync(file, 'utf8');
for (const table of DRAWN_TABLES) {
  const place = placeOf(table);
  if (!place.test(readme)) throw new Error(`${file} has no place for the table of ${table}`);
  readme = readme.replace(
    place,
    (_, before: string, __: string, after: string) => before + sectionOf(table) + after,
  );
}
writeFileSync(file, readme);
