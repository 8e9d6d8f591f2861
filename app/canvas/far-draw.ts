import type { Kind } from '../../graphs/ports.ts';
import type { Face } from './far-faces.ts';

export type FarCard = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly selected: boolean;
  readonly face: Face;
  readonly image: CanvasImageSource | null;
};
export type FarWire = {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly kind: Kind | undefined;
};
export type FarColours = Readonly<Record<string, string>>;

export type FarPicture = {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each pixel of the page. */
  readonly density: number;
  /** React Flow's transform: where the graph's origin is, and the zoom. */
  readonly transform: readonly [number, number, number];
  readonly cards: readonly FarCard[];
  readonly wires: readonly FarWire[];
  readonly colours: FarColours;
};

const BAND = 14;
const PADDING = 20;
const TITLE = 32;
/** Titles smaller than this on the screen are left out. */
const LEGIBLE_PX = 5;
/** Among more cards than this nobody sees round corners, and they take time. */
const MOST_ROUND = 150;
const RADIUS = 14;

/** Draws the whole graph as seen from far away: a thousand boxes here cost less than twenty cards on the page. */
export function drawFar(context: CanvasRenderingContext2D, picture: FarPicture): void {
  const { density, transform, cards, wires, colours } = picture;
  const [x, y, zoom] = transform;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, picture.width * density, picture.height * density);
  context.setTransform(density * zoom, 0, 0, density * zoom, density * x, density * y);
  drawWires(context, wires, colours, zoom);
  context.textBaseline = 'top';
  context.font = `650 ${TITLE}px ${colours['font'] ?? 'sans-serif'}`;
  const round = cards.length <= MOST_ROUND;
  for (const card of cards) drawCard(context, card, colours, zoom, round);
}

const kinds: readonly Kind[] = ['image', 'images', 'text', 'seed', 'switch', 'format'];

function drawWires(
  context: CanvasRenderingContext2D,
  wires: readonly FarWire[],
  colours: FarColours,
  zoom: number,
): void {
  context.lineWidth = Math.max(2, 1.25 / zoom);
  context.globalAlpha = 0.75;
  for (const kind of [...kinds, undefined]) {
    context.strokeStyle = colours[`kind-${kind ?? 'other'}`] ?? '#888';
    context.beginPath();
    for (const wire of wires) {
      if (wire.kind !== kind) continue;
      const bend = Math.max(40, Math.abs(wire.toX - wire.fromX) / 2);
      context.moveTo(wire.fromX, wire.fromY);
      context.bezierCurveTo(wire.fromX + bend, wire.fromY, wire.toX - bend, wire.toY, wire.toX, wire.toY);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawCard(
  context: CanvasRenderingContext2D,
  card: FarCard,
  colours: FarColours,
  zoom: number,
  round: boolean,
): void {
  const { x, y, width, height, face, image, selected } = card;
  context.fillStyle = colours['surface'] ?? '#222';
  fillBox(context, x, y, width, height, round ? [RADIUS] : [0]);
  context.fillStyle = colours[face.category ?? 'other'] ?? '#888';
  fillBox(context, x, y, width, BAND, round ? [RADIUS, RADIUS, 0, 0] : [0]);
  const titled = TITLE * zoom >= LEGIBLE_PX;
  const top = BAND + (titled ? PADDING + TITLE + 16 : PADDING / 2);
  if (titled) {
    context.fillStyle = colours['text'] ?? '#fff';
    context.fillText(shortened(context, face.title, width - 2 * PADDING), x + PADDING, y + BAND + PADDING);
  }
  if (image && height - top > 40)
    drawCover(context, image, x + PADDING, y + top, width - 2 * PADDING, height - top - PADDING);
  const line = selected ? 'accent' : face.state === 'failed' ? 'bad' : face.state === 'running' ? 'accent' : 'line';
  context.strokeStyle = colours[line] ?? '#555';
  context.lineWidth = Math.max(selected ? 6 : 2, (selected ? 2.5 : face.state ? 1.5 : 0.75) / zoom);
  context.beginPath();
  context.roundRect(x, y, width, height, round ? RADIUS : 0);
  context.stroke();
}

function fillBox(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radii: number[],
): void {
  if (radii[0] === 0) return context.fillRect(x, y, width, height);
  context.beginPath();
  context.roundRect(x, y, width, height, radii);
  context.fill();
}

/** Fills the place with the middle of the picture. */
function drawCover(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const { width: imageWidth, height: imageHeight } = image as { width: number; height: number };
  const scale = Math.max(width / imageWidth, height / imageHeight);
  const cutWidth = width / scale;
  const cutHeight = height / scale;
  context.drawImage(
    image,
    (imageWidth - cutWidth) / 2,
    (imageHeight - cutHeight) / 2,
    cutWidth,
    cutHeight,
    x,
    y,
    width,
    height,
  );
}

const widths = new Map<string, string>();

/** Measuring texts is dear, and the same few titles come again with every frame. */
function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  const name = `${most}:${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  let short = text;
  while (short.length > 1 && context.measureText(short).width > most) short = `${short.slice(0, -2).trimEnd()}…`;
  if (widths.size > 5000) widths.clear();
  widths.set(name, short);
  return short;
}
