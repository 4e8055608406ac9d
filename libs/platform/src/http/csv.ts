/** What a spreadsheet would run as a formula; a name may begin so. */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of RFC 4180, with its line end. */
export function csvLine(values: readonly (string | null)[]): string {
  const cells = values.map((value) => {
    const text = FORMULA.test(value ?? '') ? `'${value}` : (value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}
