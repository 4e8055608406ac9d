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

/** What a heard `listing.ended` asks for. */
export function onEnded(standing: Standing): 'lift' | 'remember' | 'repeat' {
  switch (standing) {
    case 'live':
    case 'suspended':
      return 'lift';
    case 'unknown':
    case 'suspended-unseen':
      return 'remember';
    case 'ended':
    case 'ended-unseen':
      return 'repeat';
    default:
      return standing satisfies never;
  }
}

/** What a heard `listing.suspended` asks for: everything is lifted, provisionally. */
export function onSuspended(standing: Standing): 'lift' | 'remember' | 'repeat' {
  switch (standing) {
    case 'live':
      return 'lift';
    case 'unknown':
      return 'remember';
    case 'suspended':
    case 'suspended-unseen':
    case 'ended':
    case 'ended-unseen':
      return 'repeat';
    default:
      return standing satisfies never;
  }
}

/** What a heard `listing.restored` asks for: the actions stand again, as new ones. */
export function onRestored(standing: Standing): 'order-first' | 'order-again' | 'repeat' {
  switch (standing) {
    case 'unknown':
      return 'order-first';
    case 'suspended':
    case 'suspended-unseen':
    case 'ended':
    case 'ended-unseen':
      return 'order-again';
    case 'live':
      return 'repeat';
    default:
      return standing satisfies never;
  }
}
