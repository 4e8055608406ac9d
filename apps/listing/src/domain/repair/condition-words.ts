/** Conditions and bars of a removal or repair as the rule words them. */
export function conditionsInWords(
  codes: readonly string[],
  { conditionTexts }: { conditionTexts: Readonly<Record<string, string>> },
): string {
  return codes.map((code) => conditionTexts[code] ?? code).join(';');
}
