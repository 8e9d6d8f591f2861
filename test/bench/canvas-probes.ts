/// <reference lib="dom" />
import type { Page } from 'playwright';

/** Frame times while something goes on: the milliseconds from one animation frame to the next. */
export async function framesDuring(page: Page, gesture: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = 0;
    let goesOn = true;
    const frame = (now: number) => {
      if (last > 0) frames.push(now - last);
      last = now;
      if (goesOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { endFrames: () => ((goesOn = false), frames) });
  });
  await gesture();
  const frames = await page.evaluate(() => (window as unknown as { endFrames: () => number[] }).endFrames());
  return frames.slice(1);
}

/**
 * Counts the cards of which any part is rendered: React tells each commit to a developer tool's hook, and a rendered
 * component bears the flag PerformedWork (1). To be installed before the page's own scripts.
 */
export function installRenderCount(): void {
  type Fiber = {
    flags: number;
    tag: number;
    alternate: Fiber | null;
    child: Fiber | null;
    sibling: Fiber | null;
    return: Fiber | null;
    stateNode: unknown;
  };
  const cards = new Set<string>();
  let components = 0;

  const cardAround = (fiber: Fiber): string | undefined => {
    for (let at: Fiber | null = fiber; at; at = at.return) {
      if (at.stateNode instanceof HTMLElement) {
        const card = at.stateNode.closest<HTMLElement>('.react-flow__node');
        if (card) return card.dataset.id;
      }
    }
    return undefined;
  };
  const visit = (root: Fiber): void => {
    const open: Fiber[] = [root];
    for (let fiber = open.pop(); fiber; fiber = open.pop()) {
      const before = fiber.alternate;
      const isComponent = [0, 1, 11, 14, 15].includes(fiber.tag);
      if (isComponent && (fiber.flags & 1) !== 0) {
        components++;
        const card = cardAround(fiber);
        if (card) cards.add(card);
      }
      // The same children as before: nothing was rendered below.
      if (before && before.child === fiber.child) continue;
      for (let child = fiber.child; child; child = child.sibling) open.push(child);
    }
  };
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      isDisabled: false,
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      onCommitFiberRoot: (_: number, root: { current: Fiber }) => visit(root.current),
      onCommitFiberUnmount: () => {},
      onPostCommitFiberRoot: () => {},
      checkDCE: () => {},
    },
    renderedCards() {
      const counted = { cards: [...cards], components };
      cards.clear();
      components = 0;
      return counted;
    },
  });
}

export function renderedCards(page: Page): Promise<{ cards: string[]; components: number }> {
  return page.evaluate(() =>
    (window as unknown as { renderedCards: () => { cards: string[]; components: number } }).renderedCards(),
  );
}

export type TypedKey = {
  /** From the key's event to the next animation frame's callbacks. */
  toFrame: number;
  /** To when that frame was handed over to be painted. */
  toPaint: number;
};

/** Types into what has the focus, key by key, each after the last one's frame. */
export async function typeAndMeasure(page: Page, text: string): Promise<TypedKey[]> {
  await page.evaluate(() => {
    const typed: TypedKey[] = [];
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const toFrame = performance.now() - timeStamp;
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => typed.push({ toFrame, toPaint: performance.now() - timeStamp });
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
    Object.assign(window, { typed });
  });
  for (const letter of text) {
    await page.keyboard.press(letter);
    await page.waitForTimeout(40);
  }
  return page.evaluate(() => (window as unknown as { typed: TypedKey[] }).typed);
}
