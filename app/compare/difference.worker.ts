import { comparedSize, differenceMap, figureOf, type Figure } from './figure.ts';

export type DifferenceRequest = {
  readonly id: number;
  /** Addresses of the pictures. */
  readonly a: string;
  readonly b: string;
  /** The size of the first one. */
  readonly width: number;
  readonly height: number;
};
export type DifferenceReply =
  | {
      readonly id: number;
      readonly figure: Figure;
      readonly map: ImageBitmap;
      /** The size that they were compared at. */
      readonly width: number;
      readonly height: number;
    }
  | { readonly id: number; readonly message: string };

// The page's types are the only ones here; of a worker's global scope this is all that is used.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<DifferenceRequest>) => void) | null;
  postMessage(reply: DifferenceReply, transfer?: Transferable[]): void;
};

scope.onmessage = ({ data }) => {
  void compare(data).catch((error: unknown) =>
    scope.postMessage({ id: data.id, message: error instanceof Error ? error.message : String(error) }),
  );
};

async function compare({ id, a: first, b: second, ...wanted }: DifferenceRequest): Promise<void> {
  const { width, height } = comparedSize(wanted);
  const [a, b] = await Promise.all([first, second].map((address) => pixelsOf(address, width, height)));
  const map = await createImageBitmap(new ImageData(differenceMap({ a: a!, b: b! }), width, height));
  scope.postMessage({ id, figure: figureOf({ a: a!, b: b!, width, height }), map, width, height }, [map]);
}

async function pixelsOf(address: string, width: number, height: number): Promise<Uint8ClampedArray> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The picture could not be read (status ${response.status}).`);
  const bitmap = await createImageBitmap(await response.blob());
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height).data;
}
