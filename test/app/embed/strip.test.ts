import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { embed, extract } from '../../../app/embed/embed.ts';
import { strip } from '../../../app/embed/strip.ts';
import { makePicture, pixelsOf } from '../../support/pictures.ts';

const secret = 'a prompt that nobody shall read';
const payload = { editloom: 1 as const, provenance: { prompt: secret }, graph: { title: secret } };

const variants = (['png', 'jpeg', 'webp'] as const).flatMap((format) => [
  [format, () => makePicture(format)] as const,
  [
    `${format} with EXIF, XMP and a colour profile`,
    async () =>
      sharp(await makePicture(format))
        .keepIccProfile()
        .withIccProfile('p3')
        .withExif({ IFD0: { ImageDescription: secret } })
        .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>${secret}</rdf></x:xmpmeta>`)
        .toFormat(format)
        .toBuffer(),
  ] as const,
]);

describe.each(variants)('[V7] a stripped %s', (_, make) => {
  it('carries nothing, and keeps every pixel and its colours', async () => {
    const picture = await make();
    const saved = embed(picture, payload);
    const plain = strip(saved);
    expect(extract(plain)).toBeNull();
    const text = Buffer.from(plain).toString('latin1');
    for (const trace of [secret, 'editloom', 'EDLM', 'Exif', 'xmpmeta']) expect(text).not.toContain(trace);
    expect(await pixelsOf(plain)).toEqual(await pixelsOf(picture));
    const [before, after] = [await sharp(picture).metadata(), await sharp(plain).metadata()];
    expect(after.icc?.equals(before.icc!) ?? null).toBe(before.icc ? true : null);
    expect(after).toMatchObject({ width: before.width, height: before.height, hasAlpha: before.hasAlpha });
    expect(after.exif).toBeUndefined();
    expect(after.xmp).toBeUndefined();
  });

  it('is not changed by stripping it again', async () => {
    const plain = strip(embed(await make(), payload));
    expect(strip(plain)).toEqual(plain);
  });
});

it('[V7] other files come back as they are, and cut ones do no harm', async () => {
  expect(strip(Buffer.from('hello'))).toEqual(Buffer.from('hello'));
  for (const format of ['png', 'jpeg', 'webp'] as const) {
    const whole = embed(await makePicture(format, { width: 8, height: 8 }), payload);
    for (let length = 0; length < whole.length; length += 7) strip(whole.subarray(0, length));
  }
});
