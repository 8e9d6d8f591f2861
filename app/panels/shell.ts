import { createContext, use } from 'react';
import type { CanvasHandle } from '../canvas/Canvas.tsx';
import type { Failures } from '../../graphs/failures.ts';
import type { LoadedGraph } from '../../graphs/file.ts';
import type { AppNotice } from '../notices.ts';

/** A task by its place in the plan: the `index`th of its node. */
export type Cell = { readonly node: string; readonly index: number };

/** What can be compared: the result of a cell, the photograph at the beginning of its chain, or a picture by its bytes. */
export type CompareCell =
  | (Cell & { readonly original?: boolean })
  /** `key`: what it was made under, where that is known. */
  | { readonly sha256: string; readonly title: string; readonly key?: string };

/** Which dialog is open; one at a time. `back`: what is shown again when it is closed. */
export type DialogState =
  | { readonly type: 'settings' | 'shortcuts' | 'storage' | 'templates' | 'versions' | 'keep-version' }
  /** `text`: what was set aside and can be downloaded. */
  | { readonly type: 'notes'; readonly title: string; readonly lead: string; readonly notes: readonly string[] }
  | { readonly type: 'set-aside'; readonly name: string; readonly text: string; readonly reason: string }
  | { readonly type: 'not-saving' }
  /** `key`: the edit that was asked about. */
  | { readonly type: 'unknown'; readonly key?: string }
  /** `key`: the edit that it is about. */
  | { readonly type: 'report'; readonly key?: string }
  | { readonly type: 'retry'; readonly failures: Failures }
  | { readonly type: 'viewer'; readonly node: string; readonly index: number; readonly back?: DialogState }
  /** One to four; with one, the second is asked for. */
  | { readonly type: 'compare'; readonly cells: readonly CompareCell[]; readonly back?: DialogState };

/** What the panels can ask of the app around them. */
export type Shell = {
  readonly canvas: () => CanvasHandle | null;
  readonly show: (dialog: DialogState) => void;
  readonly tell: (notice: AppNotice) => void;
  readonly tellError: (error: unknown) => void;
  readonly run: () => void;
  /** Runs exactly these keys and what they need, after the questions; `title` says in them what it is: “Run to here”. */
  readonly make: (keys: Iterable<string>, options?: { readonly title?: string }) => void;
  /** Makes these edits once more. Asks first where that is paid for, unless its price was `said` where it was chosen. */
  readonly newTake: (firstKeys: readonly string[], options?: { readonly said?: boolean }) => void;
  readonly stop: () => void;
  readonly retry: () => void;
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
