import { randomBytes } from 'node:crypto';
import { dateInWords } from './chinese.js';
import type { OrderedAction } from '../domain/ending/closure.js';
import type { Receipt, ReceiptKind } from '../domain/ending/receipt.js';

/** Digits and letters that cannot be taken for another (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/**
 * The code under which a certificate is verified: 80 bits of chance in four groups. It is all that a stranger
 * needs to see that somebody was once listed, so it must not be found by trying.
 */
export function certificateCode(): string {
  const characters = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]!);
  return groups(characters.join(''));
}

/** A code as somebody types it: small letters, no dashes, O for 0 and I or L for 1. Undefined where it is none. */
export function readCode(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return plain.length === LENGTH && [...plain].every((one) => ALPHABET.includes(one))
    ? groups(plain)
    : undefined;
}

const groups = (code: string): string => code.match(/.{4}/g)!.join('-');

const KINDS: Readonly<Record<ReceiptKind, string>> = {
  'publication-ended': '公示停止',
  'sharing-stopped': '共享停止',
  'discipline-lifted': '措施解除',
  'grade-computed': '信用评价更新',
  'party-told': '告知当事人',
  'departments-told': '通知部门',
};

/** Services of the platform that answer for themselves: a reader of the paper knows them by what they do. */
const SYSTEMS = new Map([
  ['records', '公共信用信息归集系统'],
  ['grading', '公共信用综合评价系统'],
]);

/** One line a receipt: what, by whom, when in China, told by which event. */
export function receiptsInWords(
  receipts: readonly Receipt[],
  actions: readonly (OrderedAction & { title: string })[],
  nameOf: (unit: string) => string,
): string[] {
  const titles = new Map(actions.map(({ id, title }) => [id, title]));
  return receipts.map(({ kind, ref, by, at, eventId }) => {
    const title = titles.get(ref);
    const what = title ? `${KINDS[kind]}：${title}` : KINDS[kind];
    return `${what}　${SYSTEMS.get(by) ?? nameOf(by)}　${inChina(at)}　事件号 ${eventId}`;
  });
}

/** Minutes are enough to find the event; the event's id says the rest. */
function inChina(instant: string): string {
  const [day, time] = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().split('T');
  return `${dateInWords(day!)} ${time!.slice(0, 5)}`;
}
