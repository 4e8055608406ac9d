import { writeFileSync } from 'node:fs';
import { examplesPage } from './page.js';

/** Writes the table of worked examples: `node dist/apps/listing/examples/write-page.js docs/worked-examples.md`. */
const [, , file = 'docs/worked-examples.md'] = process.argv;
writeFileSync(file, examplesPage());
