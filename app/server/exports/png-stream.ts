import { createDeflate } from 'node:zlib';
import { crc32 } from '../../embed/png.ts';

/** Rows of pixels, three bytes each; the pieces may have any number of rows. */
type Rows = AsyncIterable<Uint8Array>;

/**
 * A PNG of any size, written while its rows are made: no more than a strip of it is ever in memory, which libvips cannot
 * do for a picture that is put together from parts.
 */
export async function* pngStream(width: number, height: number, rows: Rows): AsyncGenerator<Uint8Array, void, void> {
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, red green blue.
  header.set([8, 2, 0, 0, 0], 8);
  yield chunk('IHDR', header);
  const deflate = createDeflate({ level: 4, memLevel: 9 });
  const fed = feed(deflate, rows, width * 3);
  // Heard at once, so that a fault of the rows ends the reading below.
  fed.catch((error: unknown) => deflate.destroy(error as Error));
  try {
    for await (const part of deflate as AsyncIterable<Buffer>) yield chunk('IDAT', part);
  } finally {
    deflate.destroy();
  }
  await fed;
  yield chunk('IEND', Buffer.alloc(0));
}

async function feed(deflate: ReturnType<typeof createDeflate>, rows: Rows, rowBytes: number): Promise<void> {
  let above: Uint8Array = new Uint8Array(rowBytes);
  for await (const strip of rows) {
    const count = strip.length / rowBytes;
    const filtered = new Uint8Array(count * (rowBytes + 1));
    for (let row = 0; row < count; row++) {
      const current = strip.subarray(row * rowBytes, (row + 1) * rowBytes);
      filterPaeth(current, above, filtered.subarray(row * (rowBytes + 1)));
      above = current;
    }
    // The strip's memory may be used again.
    above = above.slice();
    if (!deflate.write(filtered)) await drained(deflate);
    if (deflate.destroyed) return;
  }
  deflate.end();
}

function drained(deflate: ReturnType<typeof createDeflate>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      deflate.off('drain', done);
      deflate.off('close', done);
      resolve();
    };
    deflate.on('drain', done);
    deflate.on('close', done);
  });
}

/** What photographs are squeezed best with; an even ground becomes zeros. */
function filterPaeth(row: Uint8Array, above: Uint8Array, into: Uint8Array): void {
  into[0] = 4;
  for (let i = 0; i < row.length; i++) {
    const a = i < 3 ? 0 : row[i - 3]!;
    const b = above[i]!;
    const c = i < 3 ? 0 : above[i - 3]!;
    const pa = Math.abs(b - c);
    const pb = Math.abs(a - c);
    const pc = Math.abs(a + b - 2 * c);
    into[i + 1] = row[i]! - (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
