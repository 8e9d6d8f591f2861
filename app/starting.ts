import { withDependents, type Failures } from '../graphs/failures.ts';
import type { Count } from '../graphs/known.ts';
import { countWanted } from '../graphs/wanted.ts';
import type { EditorDocument } from './document.ts';
import type { Making } from './making.ts';
import type { Plans } from './plans.ts';
import type { Runs, StartOptions, StartResult } from './runs.ts';
import type { SettingsReply, Settle } from './wire.ts';

/** What the user has answered already. */
export type Answers = {
  /** More pictures than the limit are meant. */
  readonly many?: boolean;
  /** Only so many new pictures. */
  readonly first?: number;
  /** Another budget for this run; null = none this time. */
  readonly budget?: number | null;
};

export type Starting = ReturnType<typeof createStarting>;

/** Begins runs with the limits that the settings, the menu at the Run button and the user's answers set. */
export function createStarting(options: {
  document: EditorDocument;
  plans: Plans;
  runs: Runs;
  making: () => Making;
  reply: () => SettingsReply | null;
  /** Asks for the settings anew: another page may have changed them. */
  look: () => Promise<void>;
  settle: (keys: readonly string[], as: Settle['as']) => Promise<void>;
}) {
  const { document, plans, runs, making, reply, look, settle } = options;

  let gestures = 0;
  let isPreparing = false;

  function optionsOf({ many, first, budget }: Answers): StartOptions {
    const known = reply();
    const { order, stop } = making();
    const chosen = 'pictures' in stop ? stop.pictures : undefined;
    const pictures = first === undefined ? chosen : Math.min(first, chosen ?? Infinity);
    // What is made for nothing needs no budget.
    const costs = known?.service.kind === 'remote';
    const most = costs ? (budget === undefined ? known.settings.runBudget : budget) : null;
    return {
      order,
      ...(known && !many && { askAbove: known.settings.askAbove }),
      limits: {
        price: known?.service.price ?? null,
        ...(pictures !== undefined && { pictures }),
        ...(costs && 'dollars' in stop && stop.dollars !== undefined && { dollars: stop.dollars }),
        ...(most !== null && { budget: most }),
      },
    };
  }

  const begin = (wanted?: ReadonlySet<string>, answers: Answers = {}): Promise<StartResult> =>
    runs.start(wanted, optionsOf(answers));

  /** Limits that were set on another page hold here, too; and nothing is sent to a service that was not shown here. */
  async function changedElsewhere(): Promise<StartResult | null> {
    if (runs.isBusy()) return { started: false, reason: 'running' };
    const shown = reply()?.service.id;
    // A server that is away says so to whoever asks it next.
    await look().catch(() => undefined);
    return reply()?.service.id === shown ? null : { started: false, reason: 'other-service' };
  }

  /** Pressed twice in a row, there would be two takes: one that nobody makes, and one that is. */
  async function oneAtATime(work: () => Promise<StartResult>): Promise<StartResult> {
    if (isPreparing) return { started: false, reason: 'running' };
    isPreparing = true;
    try {
      return await work();
    } finally {
      isPreparing = false;
    }
  }

  /** A new take changes the graph, so it is asked about before that: about all that would be made with it. */
  function questionOf(firstKeys: readonly string[], count: () => Count, answers: Answers): StartResult | null {
    if (runs.isBusy()) return { started: false, reason: 'running' };
    if (firstKeys.length === 0) return null;
    if (document.refuses()) return { started: false, reason: 'refused' };
    const { askAbove = Infinity, limits } = optionsOf(answers);
    const counted = count();
    if (Math.min(counted.toPay, limits?.pictures ?? Infinity) > askAbove)
      return { started: false, reason: 'ask', count: counted };
    const hasBudget = limits?.budget !== undefined || limits?.dollars !== undefined;
    return hasBudget && limits.price === null ? { started: false, reason: 'price-unknown' } : null;
  }

  /** What a run would make if these edits had new takes already, with whatever waits for them where that is tried, too. */
  function countAnew(firstKeys: readonly string[], same: readonly string[] | null): Count {
    const { plan } = plans.get();
    const anew = new Set(keysOfTakes(firstKeys));
    const lookup = (key: string) => (anew.has(key) ? undefined : plans.lookup(key));
    return countWanted(plan, lookup, same ? withDependents(plan, [...same, ...anew], lookup) : anew);
  }

  /** The keys that today's takes of these edits have. */
  function keysOfTakes(firstKeys: readonly string[]): string[] {
    const firsts = new Set(firstKeys);
    return [...plans.get().plan.nodes.values()].flatMap(({ tasks }) =>
      tasks.flatMap(({ key, firstKey }) => (key && firstKey && firsts.has(firstKey) ? key : [])),
    );
  }

  /** What a new take stands in for is not asked about any more. */
  async function countAsLost(firstKeys: readonly string[]): Promise<void> {
    const lost = keysOfTakes(firstKeys).filter((key) => plans.lookup(key)?.status === 'unknown');
    if (lost.length > 0) await settle([...new Set(lost)], 'lost');
  }

  /**
   * The keys of the new takes. What stands behind another one of them is named anew by that alone. Where an earlier take
   * is shown, the next one may be made already: it is passed over, since one more was asked for.
   */
  async function takeAgain(firstKeys: readonly string[]): Promise<string[]> {
    const gesture = `new take ${++gestures}`;
    let keys = takeNext(firstKeys, gesture);
    for (;;) {
      await plans.refresh();
      const made = new Set(keys.filter((key) => plans.lookup(key) !== undefined));
      const again = [...plans.get().plan.nodes.values()].flatMap(({ tasks }) =>
        tasks.flatMap(({ key, firstKey }) => (key && firstKey && made.has(key) ? firstKey : [])),
      );
      if (again.length === 0) return keys;
      keys = [...keys.filter((key) => !made.has(key)), ...takeNext([...new Set(again)], gesture)];
    }
  }

  function takeNext(firstKeys: readonly string[], gesture: string): string[] {
    if (firstKeys.length === 0) return [];
    const firsts = new Set(firstKeys);
    const places: { node: string; index: number }[] = [];
    for (const { tasks } of plans.get().plan.nodes.values())
      for (const { node, index, firstKey } of tasks) if (firstKey && firsts.has(firstKey)) places.push({ node, index });
    document.change({ type: 'newTake', firstKeys }, gesture);
    const { nodes } = plans.get().plan;
    return places.flatMap(({ node, index }) => nodes.get(node)?.tasks[index]?.key ?? []);
  }

  return {
    start: async (wanted?: ReadonlySet<string>, answers: Answers = {}): Promise<StartResult> =>
      (await changedElsewhere()) ?? begin(wanted, answers),
    /** Makes these edits once more: new takes, which are paid for again. Take 1 is kept. */
    newTake: (firstKeys: readonly string[], answers: Answers = {}): Promise<StartResult> =>
      oneAtATime(async () => {
        const question = (await changedElsewhere()) ?? questionOf(firstKeys, () => countAnew(firstKeys, null), answers);
        if (question) return question;
        await countAsLost(firstKeys);
        if (runs.isBusy()) return { started: false, reason: 'running' };
        return begin(new Set(await takeAgain(firstKeys)), { ...answers, many: true });
      }),
    /** Tries again what failed, with what waits for it: the same key where nothing was accepted, else a new take. */
    retry: ({ same, newTake }: Failures, answers: Answers = {}): Promise<StartResult> =>
      oneAtATime(async () => {
        const question = (await changedElsewhere()) ?? questionOf(newTake, () => countAnew(newTake, same), answers);
        if (question) return question;
        await countAsLost(newTake);
        if (runs.isBusy()) return { started: false, reason: 'running' };
        const taken = await takeAgain(newTake);
        // What was asked about is not asked about again: by now there is another take.
        const many = answers.many || newTake.length > 0;
        return begin(withDependents(plans.get().plan, [...same, ...taken], plans.lookup), { ...answers, many });
      }),
  };
}
