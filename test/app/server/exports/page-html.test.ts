import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ExportGrid } from '../../../../app/exports/wire.ts';
import { createExports } from '../../../../app/server/exports/exports.ts';
import { createPictureStore } from '../../../../app/server/pictures.ts';
import { gridOfThree } from '../../../support/export-grid.ts';
import { makePicture, temporaryFolder } from '../../../support/pictures.ts';

const evil = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '&lt;b&gt; \u2028 https://evil.example/x.png',
];

async function page(grid: ExportGrid, bytes = 0) {
  const store = createPictureStore(await temporaryFolder());
  const picture = await store.addUpload(await makePicture('jpeg'));
  // Where the store says that they are large, they are set beside the page.
  const artifact = async (sha256: string) =>
    (await store.artifact(sha256)) ? { ...picture, bytes: bytes || picture.bytes } : null;
  const exports = createExports({
    pictures: { ...store, artifact },
    secret: () => 'sk-token-0123456789',
    now: () => new Date(),
  });
  const cells = grid.cells.map((cell) => ({ ...cell, picture: cell.picture && picture }));
  const { chunks, type, name } = await exports.make({ grid: { ...grid, cells }, output: { type: 'page' } });
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  return { picture, type, name, bytes: Buffer.concat(parts) };
}

const hostile = (): ExportGrid => {
  const grid = gridOfThree({ rows: evil, columns: evil, sections: evil.slice(0, 1) }, (i) => ({
    ...(i === 1 ? { state: 'failed', picture: null, words: evil[0]!, detail: evil[1]! } : {}),
    steps: [{ title: evil[2]!, facts: [{ title: evil[1]!, text: `${evil[3]} sk-token-0123456789` }] }],
  }));
  return {
    ...grid,
    title: evil[0]!,
    subject: evil[1]!,
    date: evil[2]!,
    axes: grid.axes.map(({ values }) => ({ title: evil[3]!, values })),
  };
};

describe('the page of a grid', () => {
  it('holds every text as text, whatever it says: one style and two scripts of our own are all there is', async () => {
    const html = (await page(hostile())).bytes.toString();
    const tags = [...html.matchAll(/<([a-z0-9]+)[\s>]/g)].map(([, name]) => name!);
    const known =
      'html head meta title style body header div h1 h2 p label input button main table thead tbody tr th td span img b dialog script';
    expect([...new Set(tags)].filter((tag) => !known.split(' ').includes(tag))).toEqual([]);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html).not.toMatch(/<img(?![^>]* src="data:image\/jpeg;base64,)/);
    // Values of attributes aside, which stand in quotes.
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son[a-z]+=/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('sk-token');
  });

  it('asks for nothing: no address in it leads anywhere, and its policy allows none', async () => {
    const html = (
      await page(gridOfThree({ rows: ['warm'], columns: ['1', '2'], sections: ['jpeg'] }))
    ).bytes.toString();
    expect(html).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|<link|<base|<iframe/i);
    const [policy] = /content="(default-src[^"]*)"/.exec(html)!.slice(1);
    expect(policy!.replaceAll('&#39;', "'")).toMatch(
      /^default-src 'none'; img-src data: file:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
    );
  });

  it('has its labels as headers of rows and columns, and holes in words', async () => {
    const grid = gridOfThree({ rows: ['warm', 'cold'], columns: ['1', '2'], sections: ['jpeg'] }, (i) =>
      i === 3 ? { state: 'struck', words: 'Struck out' } : {},
    );
    const html = (await page(grid)).bytes.toString();
    expect([...html.matchAll(/<th scope="row"><div class="label">([^<]*)/g)].map(([, label]) => label)).toEqual([
      'warm',
      'cold',
    ]);
    expect(html).toContain('<div class="hole struck"><b>Struck out</b></div>');
    expect(html.match(/class="cell"/g)).toHaveLength(3);
  });

  it('is a zip with the pictures beside it where they are large', async () => {
    const { bytes, name, type, picture } = await page(
      gridOfThree({ rows: ['warm'], columns: ['1', '2'], sections: ['jpeg'] }),
      12_000_000,
    );
    expect([type, name]).toEqual(['application/zip', 'Cats - Look.zip']);
    const files = unzipSync(bytes);
    expect(Object.keys(files).sort()).toEqual(
      ['index.html', 'pictures/1.jpg', 'pictures/2.jpg', `thumbnails/${picture.sha256}.webp`].sort(),
    );
    const html = strFromU8(files['index.html']!);
    expect(html).toContain(`data-whole="pictures/1.jpg"><img src="thumbnails/${picture.sha256}.webp"`);
  });
});
