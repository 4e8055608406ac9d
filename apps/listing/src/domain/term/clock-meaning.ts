/** What happens when a clock has run out; by itself, or a person has to do it. */
export interface ClockMeaning {
  zh: string;
  en: string;
  byItself: boolean;
}
