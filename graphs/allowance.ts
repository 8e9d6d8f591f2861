/** How much a run may begin; what is not named is not limited. Money is in US dollars. */
export type RunLimits = {
  /** New pictures. */
  readonly pictures?: number;
  /** A sum that the user named for this run. */
  readonly dollars?: number;
  /** The budget of each run. */
  readonly budget?: number;
  /** What one edit costs, as far as the service told; null = not known, and then nothing with a sum is begun. */
  readonly price: number | null;
};

/** Why a run began nothing more: one of its limits, or the day's budget, which the server keeps. */
export type HeldBy = 'pictures' | 'dollars' | 'budget' | 'day';

/** What a run has paid for. `untold`: edits among them whose price nobody told. */
export type Spent = { readonly edits: number; readonly dollars: number; readonly untold: number };

export type Allowance = ReturnType<typeof createAllowance>;

/** A sum of cents is seldom exact. */
const TINY = 1e-9;

/** [X12, M11] Says whether one more edit may be begun. What is begun counts with its price until it has ended. */
export function createAllowance(limits: RunLimits) {
  let dearest = limits.price;
  let underway = 0;
  let made = 0;
  let spent: Spent = { edits: 0, dollars: 0, untold: 0 };
  let heldBy: HeldBy | null = null;
  let closed: HeldBy | null = null;

  function reason(): HeldBy | null {
    if (closed) return closed;
    if (limits.pictures !== undefined && made + underway >= limits.pictures) return 'pictures';
    for (const name of ['dollars', 'budget'] as const) {
      const most = limits[name];
      if (most === undefined) continue;
      if (dearest === null || spent.dollars + (underway + 1) * dearest > most + TINY) return name;
    }
    return null;
  }

  return {
    mayBegin: (): boolean => (heldBy = reason()) === null,
    begin: (): void => void underway++,
    /** `cost`: what the service told; `paid`: whether it may ask for money at all. */
    end({ picture, paid, cost }: { picture: boolean; paid: boolean; cost: number | null }): void {
      underway--;
      if (picture) made++;
      if (!paid) return;
      if (cost !== null && dearest !== null) dearest = Math.max(dearest, cost);
      const dollars = cost ?? limits.price;
      const { edits, untold } = spent;
      spent = {
        edits: edits + 1,
        dollars: spent.dollars + (dollars ?? 0),
        untold: untold + (dollars === null ? 1 : 0),
      };
    },
    /** The server refuses: nothing more is begun, whatever becomes free. */
    close: (by: HeldBy): void => void (closed = by),
    /** Why nothing more was begun, where so many are `left` that could have been. */
    heldBy: (left: number): HeldBy | null => closed ?? (left > 0 ? heldBy : null),
    spent: (): Spent => spent,
  };
}
