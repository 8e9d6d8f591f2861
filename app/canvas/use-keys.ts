import { use, useEffect } from 'react';
import { readyPick } from '../panels/ready-pick.ts';
import { ShellContext } from '../panels/shell.ts';
import { isInField } from '../shortcuts.ts';
import { useEditor } from '../use-editor.ts';
import { cardElement } from './looking.ts';
import { useCompare } from './use-compare.ts';
import type { CanvasContextValue } from './view.ts';

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Arrow presses closer together than this are one undo step. */
const PAUSE_MS = 800;

/** The canvas's keys. Undo, redo and the run belong to the app. Keys pressed in a text field are left to it. */
export function useKeys(canvas: CanvasContextValue, frame: React.RefObject<HTMLElement | null>): void {
  const shell = use(ShellContext);
  const { plans } = useEditor();
  const compare = useCompare(canvas.view);
  useEffect(() => {
    const { view, commands } = canvas;
    let nudge = { gesture: '', at: -Infinity };

    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target as HTMLElement;
      if (event.key === 'Escape' && frame.current?.contains(target) && leaveField(target)) return taken(event);
      if (isCardField(target) && travel(event)) return taken(event);
      if (isInField(target) || target.closest?.('[role=dialog],[role=menu],[role=alertdialog]')) return;
      const onCanvas = target === document.body || frame.current?.contains(target) === true;
      if (press(event, onCanvas)) taken(event);
    }

    /** What is typed on a card is undone as everything else: the browser's own undo loses count of fields that are redrawn. */
    function travel({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
      if (!(ctrlKey || metaKey) || altKey) return false;
      const letter = key.toLowerCase();
      if (letter === 'z') return run(shiftKey ? commands.redo : commands.undo);
      return letter === 'y' && !shiftKey && run(commands.redo);
    }

    /** True when the key was ours. */
    function press(event: KeyboardEvent, onCanvas: boolean): boolean {
      const { key, altKey, shiftKey } = event;
      const mod = event.ctrlKey || event.metaKey;
      const meant = view.meant();
      if (mod && !altKey && !shiftKey && key.toLowerCase() === 'a') return run(commands.selectAll);
      if (mod && !altKey && !shiftKey && key.toLowerCase() === 'd') return run(() => commands.duplicate());
      if (mod) return false;
      if (altKey && shiftKey && event.code === 'KeyM')
        return run(() => view.set(({ minimap }) => ({ minimap: !minimap })));
      if (altKey && !shiftKey && event.code === 'KeyC')
        return meant.length > 0 && run(() => view.toggleCollapsed(meant));
      if (altKey && (key === '=' || key === '+')) return run(commands.zoomIn);
      if (altKey && (key === '-' || key === '–')) return run(commands.zoomOut);
      if (altKey) return false;
      if (key === '.') return run(commands.fit);
      if (key === '/') return run(() => commands.openSearch());
      if (!onCanvas) return false;
      if (key === 'Delete' || key === 'Backspace') return run(removeAndKeepFocus);
      const card = cardOf(event.target);
      const node = view.meantOne();
      const onCard = card !== null && event.target === card;
      const step = steps[key];
      if (step && meant.length > 0 && (onCard || event.target === document.body || !card)) {
        const now = performance.now();
        const gesture = now - nudge.at < PAUSE_MS ? nudge.gesture : view.gesture('nudge');
        nudge = { gesture, at: now };
        return run(() => commands.nudge(step[0] * (shiftKey ? 5 : 1), step[1] * (shiftKey ? 5 : 1), gesture));
      }
      if (key === 'F2' && node) return run(() => commands.rename(node));
      if (key === 'Escape') return onCard || view.selected().length > 0 ? run(() => view.select([])) : false;
      if (key.toLowerCase() === 'c' && shiftKey && meant.length > 0) return run(() => compare(meant));
      if (key.toLowerCase() === 'c' && node && !shiftKey) return run(() => openAt('connect', node));
      if (key.toLowerCase() === 'h' && node && !shiftKey) {
        const index = view.get().current.get(node) ?? 0;
        return run(() => shell?.show({ type: 'history', node, index }));
      }
      if (key.toLowerCase() === 'g' && node && !shiftKey) return run(() => shell?.show({ type: 'grid', node }));
      if (key.toLowerCase() === 'k' && !shiftKey) return openPick(node);
      if (key.toLowerCase() === 'e' && !shiftKey) return run(() => shell?.show({ type: 'export', node }));
      if ((key === 'ContextMenu' || (shiftKey && key === 'F10')) && node) return run(() => openAt('menu', node));
      if (!onCard) return false;
      if (key === 'Enter') return run(() => enter(card));
      if (key === ' ') return run(() => toggleSelected(card.dataset.id!));
      if (key === 'Tab') return goOn(card.dataset.id!, shiftKey ? -1 : 1);
      return false;
    }

    function removeAndKeepFocus(): void {
      commands.removeMeant();
      frame.current?.focus({ preventScroll: true });
    }

    function openAt(type: 'connect' | 'menu', node: string): void {
      const box = cardElement(node)?.getBoundingClientRect();
      if (box) view.set({ popup: { type, at: { x: box.left + 24, y: box.top + 44 }, node } });
    }

    /** The pick that is meant, else the one that waits, else the first there is: another choice may be made any time. */
    function openPick(meant: string | null): boolean {
      const { plan } = plans.get();
      const isPick = (id: string): boolean => plan.nodes.get(id)?.type?.picks !== undefined;
      const node =
        meant !== null && isPick(meant)
          ? meant
          : (readyPick(plan, plans.lookup) ?? plan.picks[0]?.node ?? [...plan.nodes.keys()].find(isPick));
      return node !== undefined && run(() => shell?.show({ type: 'pick', node }));
    }

    function toggleSelected(id: string): void {
      const selected = new Set(view.selected());
      if (!selected.delete(id)) selected.add(id);
      view.select(selected);
    }

    /** Tab goes from card to card in the order of the graph, also to cards out of view; past the ends it leaves the canvas. */
    function goOn(id: string, by: number): boolean {
      const nodes = view.get().nodes;
      const from = commands.awaited() ?? id;
      const next = nodes[nodes.findIndex((node) => node.id === from) + by];
      if (!next) return false;
      commands.focusNode(next.id);
      return true;
    }

    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [canvas, frame, shell, compare, plans]);
}

function run(act: () => void): true {
  act();
  return true;
}

function taken(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

function cardOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.react-flow__node') : null;
}

/** A parameter's field. The name of a node is not written before it is left, so it keeps the browser's undo. */
function isCardField(target: HTMLElement): boolean {
  return isInField(target) && cardOf(target) !== null && target.dataset.renaming === undefined;
}

/** Enter on a card goes to its first field. */
function enter(card: HTMLElement): void {
  const field =
    card.querySelector<HTMLElement>('textarea, input:not([type=radio]), select, [role=switch]') ??
    card.querySelector<HTMLElement>('button');
  field?.focus();
}

/** Escape in a field goes back to its card. */
function leaveField(target: HTMLElement): boolean {
  const card = cardOf(target);
  if (!card || card === target) return false;
  card.focus();
  return true;
}
