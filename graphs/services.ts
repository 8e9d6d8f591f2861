import type { Artifact } from './artifact.ts';
import type { Known, Lookup } from './known.ts';
import type { SavedFile, SheetLook } from './node-type.ts';
import type { Plan } from './plan.ts';
import type { Task } from './task.ts';

/** How a live edit stands at the service. */
export type EditProgress = {
  readonly queuePosition: number | null;
  readonly word: string | null;
  readonly message: string | null;
};

/** Everything a run touches outside of itself. */
export type Services = {
  readonly edits: {
    /**
     * Asks for the edit that this key names, or follows it when it was asked for before. Settles when the edit has ended:
     * rejects with EditError. After `signal` aborts, what is still queued is cancelled and what is being made is awaited.
     */
    edit(request: {
      readonly key: string;
      /** The edit service that the key was made for. */
      readonly service: string;
      readonly plan: Plan;
      readonly task: Task;
      readonly input: Readonly<Record<string, unknown>>;
      readonly signal: AbortSignal;
      readonly progress: (progress: EditProgress) => void;
      /** It was under way already: nothing is submitted. Rejects with `toPayCode` where it surely was not made. */
      readonly joins?: boolean;
    }): Promise<{ readonly outputs: { readonly image: Artifact }; readonly known: Known }>;
    /**
     * A run begins that will come to these: while it goes on, nobody who can hear of it cancels what is under way of them.
     * Returns how to say that it has ended; `signal` says so, too.
     */
    waitFor?(keys: ReadonlySet<string>, run: { readonly lookup: Lookup; readonly signal: AbortSignal }): () => void;
  };
  readonly outputs: {
    save(request: {
      readonly key: string;
      readonly plan: Plan;
      readonly task: Task;
      readonly picture: Artifact;
      readonly nameTemplate: string;
      /** Without anything that tells how it was made. */
      readonly plain: boolean;
    }): Promise<SavedFile>;
    saveSheet(request: {
      readonly key: string;
      readonly plan: Plan;
      readonly task: Task;
      readonly pictures: readonly Artifact[];
      readonly nameTemplate: string;
      readonly look: SheetLook;
    }): Promise<SavedFile>;
  };
  readonly cache: {
    /** Everything that is known of these keys, in one batch. */
    lookUp(keys: readonly string[]): Promise<ReadonlyMap<string, Known>>;
  };
};
