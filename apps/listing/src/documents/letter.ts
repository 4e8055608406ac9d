import type { DocumentTemplate, TemplateBlock } from '#seeds';
import { ended, numeral, wide } from './chinese.js';

/** What a template may place: a text, a list of texts, or nothing. */
export type Values = Readonly<Record<string, string | readonly string[] | null>>;

export interface LetterBlock {
  style: 'heading' | 'text' | 'addressee' | 'small';
  text: string;
}

/** A letter with every word in its place: what is kept, and from which its file can be made at any time. */
export interface Letter {
  template: { id: string; version: number };
  title: string;
  no: string;
  blocks: LetterBlock[];
  /** The unit that signs, and its day in words. */
  signedBy: string;
  signedOn: string;
  caseNo: string;
  /** Of a certificate: the address at which whoever holds it verifies it, printed as a QR code, too. */
  verifyAt?: string;
}

/**
 * Puts the values of a case into a template.
 *
 * @throws Error for a value that the template needs and the case has not: the template is wrong
 */
export function fill(
  template: DocumentTemplate,
  values: Values,
  of: Pick<Letter, 'no' | 'signedBy' | 'signedOn' | 'caseNo'>,
): Letter {
  return {
    template: { id: template.id, version: template.version },
    title: wide(placed(template.title, values)),
    ...of,
    blocks: template.blocks.filter((block) => applies(block, values)).flatMap((block) => set(block, values)),
  };
}

function applies({ when, unless }: TemplateBlock, values: Values): boolean {
  return (when === undefined || given(values, when)) && (unless === undefined || !given(values, unless));
}

function given(values: Values, name: string): boolean {
  const value = values[name];
  return value !== undefined && value !== null && value.length > 0;
}

function set(
  { heading, text, each, small, numbered, addressee }: TemplateBlock,
  values: Values,
): LetterBlock[] {
  const headings = heading === undefined ? [] : [block('heading', placed(heading, values))];
  if (text === undefined) return headings;
  const items = each === undefined ? null : listOf(values, each);
  const texts = items
    ? items.map((item) => placed(text, { ...values, [each!]: item }))
    : [placed(text, values)];
  const style = small ? 'small' : addressee ? 'addressee' : 'text';
  return [
    ...headings,
    ...(numbered ? enumerated(texts) : texts)
      .flatMap((one) => one.split(/\r?\n/))
      .filter((line) => line.trim() !== '')
      .map((line) => block(style, line.trim())),
  ];
}

/** （一）…；（二）…。 One alone is a sentence. */
function enumerated(items: readonly string[]): string[] {
  if (items.length === 1) return [ended(items[0]!)];
  return items.map((item, index) => {
    const said = item.replace(/[。；;，,]$/, '');
    return `（${numeral(index + 1)}）${said}${index === items.length - 1 ? '。' : '；'}`;
  });
}

function block(style: LetterBlock['style'], text: string): LetterBlock {
  return { style, text: style === 'small' ? text : wide(text) };
}

function listOf(values: Values, name: string): readonly string[] {
  const value = values[name];
  if (!Array.isArray(value)) throw new Error(`a template wants {${name}} as a list`);
  return value as readonly string[];
}

function placed(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    // A list in the midst of a sentence.
    if (Array.isArray(value) && value.length > 0) return (value as readonly string[]).join('、');
    if (typeof value !== 'string') throw new Error(`a template wants {${name}}, which the case has not`);
    return value;
  });
}
