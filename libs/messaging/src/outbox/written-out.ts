/** An ending that is shorter saves less than it costs. */
const WORTH_SHARING = 200;

/**
 * Envelopes as they are sent to PostgreSQL. Events that tell of one thing, as the actions of a listing, end alike: half
 * of each says which case and which subject. Such an ending is sent once, and PostgreSQL puts it behind each.
 */
export class WrittenOut {
  /** of each event, in their order */
  readonly beginnings: string[] = [];
  /** place of its ending, from 1 */
  readonly ofEnding: number[] = [];
  readonly endings: string[] = [''];

  /** @param events of one stream, in their order */
  add(events: readonly { rest: string }[]): void {
    let ending = '';
    for (const [nth, { rest }] of events.entries()) {
      if (ending === '' || !rest.endsWith(ending)) {
        const next = events[nth + 1];
        const shared = next ? sharedEnd(rest, next.rest) : 0;
        ending = shared < WORTH_SHARING ? '' : rest.slice(rest.length - shared);
        if (ending !== '') this.endings.push(ending);
      }
      this.beginnings.push(ending === '' ? rest : rest.slice(0, rest.length - ending.length));
      this.ofEnding.push(ending === '' ? 1 : this.endings.length);
    }
  }
}

/** How many UTF-16 units two texts have in common at their ends; a character of two units is never cut. */
function sharedEnd(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a.charCodeAt(a.length - 1 - shared) === b.charCodeAt(b.length - 1 - shared))
    shared += 1;
  const begins = a.charCodeAt(a.length - shared);
  return begins >= 0xdc00 && begins <= 0xdfff ? shared - 1 : shared;
}
