import type { Position } from '../../graphs/graph.ts';
import type { LooseEnd } from './fitting.ts';
import { fittedView } from './layout.ts';
import type { CommandWorld } from './placing.ts';

/** Moving the view and the focus. */
export function createLooking({ editor, view, flow, frame }: CommandWorld) {
  /** The card that is to have the focus as soon as it is on the page. */
  let awaited: string | null = null;

  /** Not once the view has come to rest: keys that are pressed meanwhile are for this card already. */
  function focusSoon(id: string): void {
    awaited = id;
    let frames = 0;
    const look = (): void => {
      if (awaited !== id) return;
      const card = cardElement(id);
      if (!card && frames++ < MOST_FRAMES) return void requestAnimationFrame(look);
      awaited = null;
      // Who types fast has a search open again by now, and keeps the focus there.
      if (!view.get().popup) card?.focus({ preventScroll: true });
    };
    look();
  }

  return {
    focusNode: (id: string): void => {
      const node = view.get().nodes.find((candidate) => candidate.id === id);
      if (!node) return;
      view.select([id]);
      const { width = 0, height = 0 } = node.measured ?? {};
      const zoom = Math.max(flow.getZoom(), 0.7);
      void flow.setCenter(node.position.x + width / 2, node.position.y + Math.min(height / 2, 240), {
        zoom,
        duration: motion(),
      });
      focusSoon(id);
    },
    /** The card that is about to have the focus. */
    awaited: (): string | null => awaited,
    /** Gives a new node the focus, after moving the view as little as it takes, or there when it cannot be read. */
    reveal: (id: string): void => {
      const node = view.get().nodes.find((candidate) => candidate.id === id);
      if (!node) return;
      const { width, height } = frame();
      const { x, y, zoom } = flow.getViewport();
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const { width: w = 0, height: h = 0 } = node.measured ?? {};
      const [right, down] = [into(left, w * zoom, width), into(top, h * zoom, height)];
      if (view.get().far)
        void flow.setCenter(node.position.x + w / 2, node.position.y + h / 2, { zoom: 0.8, duration: motion() });
      else if (right !== 0 || down !== 0)
        void flow.setViewport({ x: x + right, y: y + down, zoom }, { duration: motion() });
      focusSoon(id);
    },
    /** All cards into view; a document that was just opened at once, and not enlarged. */
    fit: (opened = false): void => {
      const cards = view.get().nodes.map(({ id }) => flow.getNodesBounds([id]));
      if (cards.length === 0) return;
      const map = view.get().minimap && matchMedia('(min-width: 761px)').matches;
      const { width, height } = frame();
      const fitted = fittedView(cards, { width, height, map, mostZoom: opened ? 1 : 1.1 });
      void flow.setViewport(fitted, { duration: opened ? 0 : motion() });
    },
    zoomIn: (): void => void flow.zoomIn({ duration: motion() }),
    zoomOut: (): void => void flow.zoomOut({ duration: motion() }),
    openSearch: (at?: Position, end: LooseEnd | null = null): void => {
      if (editor.document.refuses()) return;
      const { left, top, width, height } = frame();
      view.set({
        popup: {
          type: 'search',
          at: at ?? { x: left + width / 2 - 160, y: top + height / 4 },
          end,
          placed: at !== undefined,
        },
      });
    },
    /** The place on the graph below a point of the window. */
    toGraph: (at: Position): Position => flow.screenToFlowPosition(at),
  };
}

const MARGIN = 16;

/** How far a card has to move to be in view; of one that is too large its beginning. */
function into(start: number, size: number, room: number): number {
  return start < MARGIN ? MARGIN - start : Math.min(0, Math.max(MARGIN, room - MARGIN - size) - start);
}

/** A card that is not on the page by then does not come any more. */
const MOST_FRAMES = 120;

/** Milliseconds that a movement of the view may take. */
function motion(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;
}

/** The focusable frame of a card on the page. */
export function cardElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
}
