import { randomInt } from 'node:crypto';

/** Of all walks of a run, printed; CHENGXIN_WALKS_SEED=<number> walks the same paths again. */
export const WALKS_SEED = Number(process.env['CHENGXIN_WALKS_SEED'] ?? randomInt(2 ** 31 - 1));
process.stdout.write(`walks: seed ${WALKS_SEED}\n`);
