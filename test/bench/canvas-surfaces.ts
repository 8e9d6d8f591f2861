/// <reference lib="dom" />
import type { Page } from 'playwright';
import type { LitePage } from './litegraph-page.ts';

declare global {
  interface Window {
    bench: LitePage;
  }
}

export type Spot = { x: number; y: number };
/** How far and where: `x` and `y` in pixels of the graph, as LiteGraph has them. */
export type Viewed = { scale: number; x: number; y: number };

/** One of the two canvases, and how a hand finds its way on it. */
export type Surface = {
  name: string;
  page: Page;
  /** Where a card near the middle can be gripped, and a word that changes when it was moved. */
  grip: () => Promise<Spot & { place: () => Promise<string> }>;
  /** A place near the middle where there is nothing. */
  empty: () => Promise<Spot>;
  view: () => Promise<Viewed>;
  /** Turns of the wheel that zoom by a tenth. */
  wheel: number;
};

export function ourSurface(page: Page): Surface {
  return {
    name: 'Editloom',
    page,
    // React Flow zooms by 2 to the power of -0.002 times the turn.
    wheel: Math.log2(1.1) / 0.002,
    view: () =>
      page.evaluate(() => {
        const { transform } = document.querySelector<HTMLElement>('.react-flow__viewport')!.style;
        const [x, y, scale] = transform.match(/-?[\d.]+(e-?\d+)?/g)!.map(Number) as [number, number, number];
        const { left, top } = document.querySelector('.react-flow')!.getBoundingClientRect();
        return { scale, x: (x + left) / scale, y: (y + top) / scale };
      }),
    async grip() {
      const { id, ...spot } = await page.evaluate(() => {
        const { left, top, width, height } = document.querySelector('.react-flow')!.getBoundingClientRect();
        const scale = Number(
          /scale\((.*)\)/.exec(document.querySelector<HTMLElement>('.react-flow__viewport')!.style.transform)![1],
        );
        const spots = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].flatMap((card) => {
          const box = card.getBoundingClientRect();
          const spot = { id: card.dataset.id!, x: box.left + 110 * scale, y: box.top + 18 * scale };
          // It may be covered by another card.
          return card.contains(document.elementFromPoint(spot.x, spot.y)) ? [spot] : [];
        });
        const far = ({ x, y }: { x: number; y: number }) => Math.hypot(x - left - width / 2, y - top - height / 2);
        return spots.reduce((best, next) => (far(next) < far(best) ? next : best));
      });
      const place = () =>
        page.locator(`.react-flow__node[data-id="${id}"]`).evaluate((card) => (card as HTMLElement).style.transform);
      return { ...spot, place };
    },
    empty: () =>
      page.evaluate(() => {
        const { left, top, width, height } = document.querySelector('.react-flow')!.getBoundingClientRect();
        for (let ring = 0; ring < 400; ring += 7)
          for (let turn = 0; turn < 12; turn++) {
            const x = left + width / 2 + ring * Math.cos(turn);
            const y = top + height / 2 + ring * Math.sin(turn);
            if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y };
          }
        throw new Error('There is no empty place near the middle');
      }),
  };
}

export function liteSurface(page: Page): Surface {
  return {
    name: 'LiteGraph',
    page,
    wheel: 100,
    view: () => page.evaluate(() => window.bench.view()),
    async grip() {
      const { id, ...spot } = await page.evaluate(() => window.bench.grip());
      return { ...spot, place: () => page.evaluate((card) => window.bench.place(card), id) };
    },
    empty: () => page.evaluate(() => window.bench.empty()),
  };
}
