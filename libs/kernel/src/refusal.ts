/** What went wrong, in the few ways a caller can react to; `#platform` maps each kind to one HTTP status. */
export type RefusalKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'too-large'
  | 'unsupported'
  | 'invalid'
  | 'precondition-required'
  | 'too-many'
  | 'internal'
  | 'unavailable';

/** What a refusal is about: printed into its texts, and sent beside them for programs. Never personal data. */
export type RefusalFacts = Record<string, string | number | boolean | null>;

/** The texts of one code. `{name}` stands for the fact of that name. */
export interface RefusalDefinition {
  kind: RefusalKind;
  zh: string;
  en: string;
  cureZh: string;
  cureEn: string;
}

/**
 * A command or a value was refused, with a stable code and the cure. It is an answer and not a fault:
 * consumers set it aside at once instead of trying again.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly zh: string;
  readonly en: string;
  readonly cureZh: string;
  readonly cureEn: string;

  constructor(
    readonly code: string,
    definition: RefusalDefinition,
    readonly facts: RefusalFacts = {},
    readonly field?: string,
  ) {
    const en = fill(definition.en, facts);
    super(`${code}: ${en}`);
    this.kind = definition.kind;
    this.en = en;
    this.zh = fill(definition.zh, facts);
    this.cureZh = fill(definition.cureZh, facts);
    this.cureEn = fill(definition.cureEn, facts);
  }
}

/** One context's refusals; `Code` is the union of its codes, so that a misspelt code does not compile. */
export interface Refusals<Code extends string> {
  /** @throws Refusal always; write `return refusals.refuse(…)` where the compiler must see the end */
  refuse(this: void, code: Code, facts?: RefusalFacts, field?: string): never;
  /** The refusal as a value, for results that list several. */
  refusal(this: void, code: Code, facts?: RefusalFacts, field?: string): Refusal;
  readonly catalogue: Readonly<Record<Code, RefusalDefinition>>;
}

const CODE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/**
 * Declares the refusals of one context beside the code that refuses.
 *
 * @throws Error when a code is not `context.slug` or a text is empty: found at start, not by a user
 */
export function defineRefusals<const Code extends string>(
  definitions: Readonly<Record<Code, RefusalDefinition>>,
): Refusals<Code> {
  for (const [code, definition] of Object.entries<RefusalDefinition>(definitions)) {
    if (!CODE.test(code)) throw new Error(`the refusal code ${code} is not of the form context.slug`);
    const { zh, en, cureZh, cureEn } = definition;
    if (![zh, en, cureZh, cureEn].every((text) => text.trim() !== ''))
      throw new Error(`${code} lacks a text`);
  }
  const refusal = (code: Code, facts?: RefusalFacts, field?: string): Refusal =>
    new Refusal(code, definitions[code], facts, field);
  return {
    catalogue: definitions,
    refusal,
    refuse: (code, facts, field) => {
      throw refusal(code, facts, field);
    },
  };
}

/** A fact that was not given leaves its placeholder readable: an odd text is better than a second error. */
function fill(text: string, facts: RefusalFacts): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(facts, name) ? String(facts[name]) : placeholder,
  );
}
