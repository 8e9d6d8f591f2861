import { createContext, use } from 'react';
import type { CanvasHandle } from '../canvas/Canvas.tsx';
import type { Failures } from '../../graphs/failures.ts';
import type { LoadedGraph } from '../../graphs/file.ts';
import type { Count } from '../../graphs/known.ts';
import type { Table } from '../../graphs/table.ts';
import type { GalleryEntry } from '../gallery-wire.ts';
import type { AppNotice } from '../notices.ts';
import type { Place } from '../pick/steps.ts';
import type { GalleryView } from '../gallery/view.ts';
import type { Carried } from '../provenance/carried.ts';
import type { Answers } from '../starting.ts';

/** A task by its place in the plan: the `index`th of its node. */
export type Cell = { readonly node: string; readonly index: number };

/** What can be compared: the result of a cell, the photograph at the beginning of its chain, or a picture by its bytes. */
export type CompareCell =
  | (Cell & { readonly original?: boolean })
  /** `key`: what it was made under, where that is known. */
  | { readonly sha256: string; readonly title: string; readonly key?: string };

/** Which dialog is open; one at a time. `back`: what is shown again when it is closed. */
export type DialogState = AnyDialog & { readonly back?: DialogState };

type AnyDialog =
  | { readonly type: 'settings' | 'shortcuts' | 'storage' | 'templates' | 'versions' | 'keep-version' }
  /** `text`: what was set aside and can be downloaded. */
  | { readonly type: 'notes'; readonly title: string; readonly lead: string; readonly notes: readonly string[] }
  | { readonly type: 'set-aside'; readonly name: string; readonly text: string; readonly reason: string }
  | { readonly type: 'not-saving' }
  /** Some of the files cannot be taken; `take` takes the others. */
  | {
      readonly type: 'skip-files';
      readonly count: number;
      readonly skipped: readonly { readonly name: string; readonly why: string }[];
      readonly take: () => void;
    }
  /** `before`: the table whose rows make room, and the title of its node. */
  | {
      readonly type: 'table-import';
      readonly source: { readonly file: File } | { readonly text: string };
      readonly before: { readonly table: Table; readonly title: string } | null;
      readonly take: (table: Table, title: string) => void;
    }
  | { readonly type: 'table'; readonly node: string; readonly name: string }
  /** `key`: the edit that was asked about. */
  | { readonly type: 'unknown'; readonly key?: string }
  /** `key`: the edit that it is about. */
  | { readonly type: 'report'; readonly key?: string }
  | { readonly type: 'retry'; readonly failures: Failures }
  /** More pictures than a run makes unasked. */
  | { readonly type: 'ask-run'; readonly wish: RunWish; readonly count: Count }
  /** Makes the seed sweep above this node longer. */
  | { readonly type: 'more-seeds'; readonly node: string }
  | { readonly type: 'ask-take'; readonly firstKeys: readonly string[] }
  /** A run has stopped at its budget, or at the day's. */
  | { readonly type: 'held'; readonly by: 'budget' | 'day' }
  /** Contact sheet, table, page or zip of a node's cells. `cells`: the numbers of the selected ones; axes by their ids. */
  | {
      readonly type: 'export';
      /** Null = the last one that has pictures. */
      readonly node: string | null;
      readonly cells?: readonly number[];
      readonly rows?: string | null;
      readonly columns?: string | null;
    }
  | { readonly type: 'export'; readonly pictures: readonly GalleryEntry[] }
  /** Not a dialog but a panel: it stays while dialogs come and go. */
  | { readonly type: 'grid'; readonly node: string }
  /** Choosing among pictures; `start` is the one that has the focus first. */
  | { readonly type: 'pick'; readonly node: string; readonly start?: Place }
  /** How the picture of this key was made, whichever graph made it. */
  | { readonly type: 'made'; readonly key: string; readonly back?: DialogState }
  /** Earlier takes and settings of a task. */
  | { readonly type: 'history'; readonly node: string; readonly index: number }
  /** A dropped or pasted picture carries the graph that made it; `take` takes it as a picture. */
  | { readonly type: 'carried'; readonly file: File; readonly carried: Carried; readonly take: () => void }
  /** All pictures ever made; `view`: as one left it. */
  | { readonly type: 'gallery'; readonly view?: GalleryView }
  | { readonly type: 'viewer'; readonly node: string; readonly index: number }
  /** One to four; with one, the second is asked for. */
  | { readonly type: 'compare'; readonly cells: readonly CompareCell[] };

/** What a run is wanted for. */
export type RunWish =
  | { readonly type: 'all' }
  /** `title`: what was pressed, such as “Run to here”. */
  | { readonly type: 'keys'; readonly keys: ReadonlySet<string>; readonly title?: string }
  | { readonly type: 'new-take'; readonly firstKeys: readonly string[] }
  | { readonly type: 'retry'; readonly failures: Failures };

/** What the panels can ask of the app around them. */
export type Shell = {
  readonly canvas: () => CanvasHandle | null;
  readonly show: (dialog: DialogState) => void;
  /** Closes whatever dialog is open, and goes back to none: the canvas has something to show. */
  readonly leave: () => void;
  readonly tell: (notice: AppNotice) => void;
  readonly tellError: (error: unknown) => void;
  readonly run: () => void;
  /** Runs the selected nodes with what they need. */
  readonly runHere: () => void;
  /** Runs exactly these keys and what they need, after the questions; `title` says in them what it is: “Run to here”. */
  readonly make: (keys: Iterable<string>, options?: { readonly title?: string }) => void;
  /** Makes these edits once more. Asks first where that is paid for, unless its price was `said` where it was chosen. */
  readonly newTake: (firstKeys: readonly string[], options?: { readonly said?: boolean }) => void;
  readonly stop: () => void;
  readonly retry: () => void;
  /** Carries a wish out, with what the user has answered to the questions about it. */
  readonly begin: (wish: RunWish, answers?: Answers) => void;
  /** Makes what the last run was for and did not come to. */
  readonly goOn: (answers?: Answers) => void;
  readonly newGraph: () => void;
  readonly openGraph: (loaded: Pick<LoadedGraph, 'title' | 'graph'>) => void;
  readonly openFile: (file: File) => void;
  readonly chooseFile: () => void;
  readonly reopenPrevious: () => void;
  readonly saveFile: () => void;
};

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = use(ShellContext);
  if (!shell) throw new Error('useShell needs a ShellContext around it');
  return shell;
}
