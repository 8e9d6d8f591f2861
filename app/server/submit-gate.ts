/**
 * Holds submissions back while the service says "later" (429, 503) or cannot be reached. Until one gets through again,
 * only one at a time tries, so that a long queue does not run into a closed door all at once.
 */
export type SubmitGate = {
  /** Refusals in a row, counting those of one moment once. */
  readonly rounds: number;
  readonly heldUntil: number;
  readonly heldSince: number;
};

export const openGate: SubmitGate = { rounds: 0, heldUntil: 0, heldSince: -Infinity };

const firstWaitMs = 500;
const longestWaitMs = 60_000;
const longestRetryAfterMs = 15 * 60_000;

export function mayPass(gate: SubmitGate, { now, underway }: { now: number; underway: number }): boolean {
  // Nobody is made to wait for longer than the longest wait: then the system's clock was set back.
  const isHeld = now < gate.heldUntil && gate.heldUntil - now <= longestRetryAfterMs;
  return !isHeld && (gate.rounds === 0 || underway === 0);
}

/** The gate after "later" to a request that was sent at `sentAt`. `random` is below 1. */
export function afterRefusal(
  gate: SubmitGate,
  refusal: { sentAt: number; now: number; retryAfterMs: number | null; random: number },
): SubmitGate {
  const { sentAt, now, retryAfterMs, random } = refusal;
  const sameMoment = gate.rounds > 0 && sentAt <= gate.heldSince;
  const rounds = sameMoment ? gate.rounds : gate.rounds + 1;
  const backoff = Math.min(longestWaitMs, firstWaitMs * 2 ** (rounds - 1)) * (0.75 + 0.5 * random);
  const wait = retryAfterMs === null ? backoff : Math.max(Math.min(retryAfterMs, longestRetryAfterMs), firstWaitMs / 2);
  return { rounds, heldUntil: Math.max(gate.heldUntil, now + wait), heldSince: sameMoment ? gate.heldSince : now };
}
