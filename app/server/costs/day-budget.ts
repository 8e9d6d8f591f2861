import { isSurelyUnmade, type JobError } from '../../wire.ts';
import { HttpError } from '../http-error.ts';
import type { JobService } from '../job-routes.ts';
import { costOf, isFree, type Spending } from './spending.ts';

export type DayBudget = ReturnType<typeof createDayBudget>;

/**
 * [M12] Keeps what is accepted in one day of the user's below the day's budget: what was accepted, what waits to be sent,
 * and one edit more. An unknown price counts as the service's price; where that is not known either, nothing is sent.
 */
export function createDayBudget(options: {
  spending: Spending;
  budget: () => number | null;
  /** US dollars an edit; null where the service does not say. */
  price: (service: string) => Promise<number | null>;
  now: () => number;
}) {
  const { spending, budget, price, now } = options;
  const prices = new Map<string, number | null>();
  const known = (service: string): number | null => prices.get(service) ?? null;

  /** Learns what `refusal` has to know. */
  async function prepare(service: string): Promise<void> {
    if (budget() === null || isFree(service)) return;
    await spending.refresh();
    const asked = new Set([
      service,
      ...spending.ofDay(spending.dayOf(now())).untold.keys(),
      ...spending.promised().keys(),
    ]);
    for (const one of asked) prices.set(one, await price(one));
  }

  /** Why one more edit may not be sent now; null where it may. `isPromised`: it is among those that wait already. */
  function refusal(service: string, isPromised: boolean): JobError | null {
    const most = budget();
    if (most === null || isFree(service)) return null;
    spending.catchUp();
    const used = costOf(spending.ofDay(spending.dayOf(now())), known);
    const one = known(service);
    let promised = 0;
    let isKnown = one !== null && used.untold === 0;
    // Whoever was let in stands in nobody's way when it is sent at last: then only what was accepted counts.
    if (!isPromised)
      for (const [other, count] of spending.promised()) {
        const each = known(other);
        if (count > 0 && each === null) isKnown = false;
        promised += count * (each ?? 0);
      }
    if (!isKnown) return { code: 'price-unknown', message: UNKNOWN };
    if (used.dollars + promised + one! <= most + 1e-9) return null;
    return { code: 'day-budget', message: usedWords(most, used.dollars, promised, one!) };
  }

  return { prepare, refusal };
}

/** Jobs that are new, or were surely not made, have to fit into the day's budget. What is refused is not written down. */
export function keepBudget(jobs: JobService, budget: DayBudget): JobService {
  return {
    ...jobs,
    prepare: (request) => budget.prepare(request.service),
    put(key, request, options = {}) {
      const known = jobs.get(key);
      if (!known || (options.again && isSurelyUnmade(known))) {
        const refusal = budget.refusal(request.service, false);
        if (refusal) throw new HttpError(409, refusal.code, refusal.message);
      }
      return jobs.put(key, request, options);
    },
  };
}

const UNKNOWN =
  'This edit was not sent: there is a budget for each day, but the edit service does not say what an edit costs, so the budget could not be kept. Try again later, or take the budget away in the settings.';

function usedWords(most: number, used: number, promised: number, one: number): string {
  const waiting = promised > 0 ? `, ${dollars(promised)} waits to be sent` : '';
  return `This edit was not sent: of today’s budget of ${dollars(most)}, ${dollars(used)} is used${waiting}, and one more edit costs ${dollars(one)}. Ask for it again tomorrow, or change the budget in the settings.`;
}

const dollars = (amount: number): string =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(amount);
