import { createStore } from 'zustand/vanilla';
import { withDependents, type Failures } from '../graphs/failures.ts';
import type { EditorDocument } from './document.ts';
import type { Making } from './making.ts';
import type { Plans } from './plans.ts';
import type { Runs, StartOptions, StartResult } from './runs.ts';
import { createTaking, type Draft } from './taking.ts';
import { lacksToken, type SettingsReply } from './settings-wire.ts';
import type { Settle } from './wire.ts';

/** What the user has answered already. */
export type Answers = {
  /** More pictures than the limit are meant. */
  readonly many?: boolean;
  /** Only so many new pictures. */
  readonly first?: number;
  /** Another budget for this run; null = none this time. */
  readonly budget?: number | null;
  /** So many new pictures were named in the question: where it would be more by now, it is asked anew. */
  readonly said?: number;
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

  const taking = createTaking({ document, plans });
  /** The price and the limits are asked for: where the edit service is slow to tell them, a run waits for that. */
  const looking = createStore(() => ({ isLooking: false }));
  let isPreparing = false;

  function optionsOf({ many, first, budget, said }: Answers): StartOptions {
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
      ...(said !== undefined && { said }),
      ...(known && lacksToken(known) && { noToken: true }),
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
    looking.setState({ isLooking: true });
    // A server that is away says so to whoever asks it next.
    await look()
      .catch(() => undefined)
      .finally(() => looking.setState({ isLooking: false }));
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
  function questionOf({ of, count, errors }: Draft, answers: Answers): StartResult | null {
    if (runs.isBusy()) return { started: false, reason: 'running' };
    if (document.refuses()) return { started: false, reason: 'refused' };
    if (errors.length > 0) return { started: false, reason: 'errors', errors };
    const { askAbove = Infinity, said = Infinity, noToken, limits } = optionsOf(answers);
    if (noToken) return { started: false, reason: 'no-token' };
    // Where somebody went on working meanwhile, what was reckoned is of another graph.
    if (count.toPay > said || document.get().graph !== of) return { started: false, reason: 'more', count };
    if (Math.min(count.toPay, limits?.pictures ?? Infinity) > askAbove) return { started: false, reason: 'ask', count };
    const hasBudget = limits?.budget !== undefined || limits?.dollars !== undefined;
    return hasBudget && limits.price === null ? { started: false, reason: 'price-unknown' } : null;
  }

  /** `same`: what is tried with the takes, and what waits for any of them; null = the takes alone. */
  async function takeAnew(newTake: readonly string[], same: readonly string[] | null, answers: Answers) {
    const elsewhere = await changedElsewhere();
    if (elsewhere) return elsewhere;
    const draft = await taking.draft(newTake, same);
    const question = questionOf(draft, answers);
    if (question) return question;
    const lost = taking.keysOf(newTake).filter((key) => plans.lookup(key)?.status === 'unknown');
    taking.take(draft);
    const { graph } = document.get();
    let isBegun = false;
    try {
      // What was asked about is not asked about again: by now there is another take.
      const result = await begin(draft.wanted, { ...answers, many: true });
      isBegun = result.started;
      // What the takes stand in for is not asked about any more.
      if (isBegun && lost.length > 0) await settle(lost, 'lost');
      return result;
    } finally {
      // Without a run there is no take.
      if (!isBegun && document.get().graph === graph) document.undo();
    }
  }

  return {
    looking,
    start: async (wanted?: ReadonlySet<string>, answers: Answers = {}): Promise<StartResult> =>
      (await changedElsewhere()) ?? begin(wanted, answers),
    /** Makes these edits once more: new takes, which are paid for again. Take 1 is kept. */
    newTake: (firstKeys: readonly string[], answers: Answers = {}): Promise<StartResult> =>
      oneAtATime(() => takeAnew(firstKeys, null, answers)),
    /** Tries again what failed, with what waits for it: the same key where nothing was accepted, else a new take. */
    retry: ({ same, newTake }: Failures, answers: Answers = {}): Promise<StartResult> =>
      oneAtATime(async () => {
        if (newTake.length > 0) return takeAnew(newTake, same, answers);
        const elsewhere = await changedElsewhere();
        return elsewhere ?? begin(withDependents(plans.get().plan, same, plans.lookup), answers);
      }),
    /** What these would make, which is what they would ask to be paid for. Changes nothing. */
    reckon: ({ same, newTake }: { same: readonly string[] | null; newTake: readonly string[] }) =>
      taking.draft(newTake, same),
  };
}
