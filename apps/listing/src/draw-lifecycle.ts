import { readFileSync, writeFileSync } from 'node:fs';
import { lifecycleSection } from './domain/drawing.js';

/** Draws the lifecycle table into the README that is named: `node dist/apps/listing/src/draw-lifecycle.js apps/listing/README.md`. */
const [, , file = 'apps/listing/README.md'] = process.argv;
const readme = readFileSync(file, 'utf8');
const marks = /(<!-- lifecycle: drawn from lifecycle\.ts -->\n)[\s\S]*?(\n<!-- \/lifecycle -->)/;
if (!marks.test(readme)) throw new Error(`${file} has no place for the lifecycle`);
writeFileSync(
  file,
  readme.replace(marks, (_, before: string, after: string) => before + lifecycleSection() + after),
);
