/**
 * What this service knows of a listing. Events come at least once, and after a redrive an end or a provisional
 * lifting may come before the beginning: it is remembered (`-unseen`), so that the late beginning orders nothing live.
 */
export type Standing = 'unknown' | 'live' | 'suspended' | 'suspended-unseen' | 'ended' | 'ended-unseen';

/** What a heard `listing.in-force` asks for. */
export function onInForce(standing: Standing): 'order' | 'order-nothing' | 'repeat' {
  switch (standing) {
    case 'unknown':
      return 'order';
    case 'suspended-unseen':
    case 'ended-unseen':
      return 'order-nothing';
    case 'live':
    case 'suspended':
    case 'ended':
      return 'repeat';
    default:
      return standing satisfies never;
  }
}

/**
 * What a heard `listing.ended` asks for. One that is heard behind another is a later end, of a listing that was restored
 * in between: it has its own receipt.
 */
export function onEnded(standing: Standing): 'lift' | 'remember' {
  switch (standing) {
    case 'live':
    case 'suspended':
    case 'ended':
      return 'lift';
    case 'unknown':
    case 'suspended-unseen':
    case 'ended-unseen':
      return 'remember';
    default:
      return standing satisfies never;
  }
}

/** What a heard `listing.suspended` asks for: everything is lifted, provisionally. */
export function onSuspended(standing: Standing): 'lift' | 'remember' | 'repeat' {
  switch (standing) {
    case 'live':
    case 'ended':
      return 'lift';
    case 'unknown':
    case 'ended-unseen':
      return 'remember';
    case 'suspended':
    case 'suspended-unseen':
      return 'repeat';
    default:
      return standing satisfies never;
  }
}

/**
 * What a heard `listing.restored` asks for: the actions stand again, as new ones. Where the listing is live, what the
 * restoration undoes was told and not heard, and is overtaken now (see `overtaken`): it is made up for first.
 */
export function onRestored(standing: Standing): 'order-first' | 'order-again' | 'lift-and-order' {
  switch (standing) {
    case 'unknown':
      return 'order-first';
    case 'suspended':
    case 'suspended-unseen':
    case 'ended':
    case 'ended-unseen':
      return 'order-again';
    case 'live':
      return 'lift-and-order';
    default:
      return standing satisfies never;
  }
}

/**
 * Ends, provisional liftings and restorations of one listing undo each other, so the last that was told counts and not
 * the last that was heard: after a redrive an older one may come behind it.
 *
 * @param last place, among what was told of the subject, of the last of them that was heard; 0 before the first
 */
export function overtaken(last: number, sequence: number): boolean {
  return sequence <= last;
}

/** How the listing had left the list that is restored on this ground: provisionally, or by a repair that is undone. */
export function endUndoneBy(
  cause: 'plan-failed' | 'stay-ended' | 'false-material' | 'broken-commitment',
): 'suspended' | 'early-removal' {
  return cause === 'plan-failed' || cause === 'stay-ended' ? 'suspended' : 'early-removal';
}
