import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';
import type { Measure } from './line-breaking.js';

/* The type of letters: Noto Serif SC, which has every character of the 通用规范汉字表 and of Unicode's block A. */

export type Face = 'song' | 'bold';

/** What of a font opened by pdfkit is asked for here. */
interface OpenedFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

const { resolve } = createRequire(import.meta.url);
const font = (weight: string): Buffer =>
  readFileSync(resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`));
let files: Record<Face, Buffer> | undefined;

/** The faces of one document: what they can show, and how wide it is. */
export class Typeface {
  readonly #widths = new Map<string, number>();

  constructor(private readonly doc: InstanceType<typeof PDFDocument>) {
    files ??= { song: font('400Regular'), bold: font('700Bold') };
    doc.registerFont('song', files.song).registerFont('bold', files.bold);
  }

  use(face: Face, size: number): void {
    this.doc.font(face).fontSize(size);
  }

  measure(face: Face, size: number): Measure {
    return (text) => {
      const key = `${face} ${size} ${text}`;
      let width = this.#widths.get(key);
      if (width === undefined) {
        this.use(face, size);
        width = this.doc.widthOfString(text);
        this.#widths.set(key, width);
      }
      return width;
    };
  }

  /**
   * The text as it can be set: what no font shows is named by its code instead of an empty box, so that a name
   * with a rare character can still be read, told from another and searched. Invisible marks are left out.
   */
  shown(text: string): string {
    this.use('song', 10);
    const { font: opened } = (this.doc as unknown as { _font: { font: OpenedFont } })._font;
    return [...text.replace(/[^\S\u3000]/g, ' ')]
      .filter((one) => !/[\p{Cc}\p{Cf}\p{Mn}]/u.test(one) || opened.hasGlyphForCodePoint(one.codePointAt(0)!))
      .map((one) => {
        const code = one.codePointAt(0)!;
        return opened.hasGlyphForCodePoint(code) ? one : `〔U+${code.toString(16).toUpperCase()}〕`;
      })
      .join('');
  }
}
