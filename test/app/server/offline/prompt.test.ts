import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexicon } from '../../../../app/server/offline/lexicon.ts';
import { describe as inWords } from '../../../../app/server/offline/operation.ts';
import { readPrompt } from '../../../../app/server/offline/prompt.ts';

describe('a prompt becomes operations', () => {
  it.each([
    ['change background to orange', ['background to orange']],
    ['Change the background to orange.', ['background to orange']],
    ['Please replace the background with a plain light blue one', ['background to light blue']],
    ['replace the background with light blue', ['background to light blue']],
    ['make the background #ff8800', ['background to #ff8800']],
    ['background: rgb(255, 136, 0)', ['background to rgb(255, 136, 0)']],
    ['put the cat on a bright yellow background', ['background to bright yellow']],
    ['orange background', ['background to orange']],
    ['set the background colour to Dark Green', ['background to dark green']],
    ['paint the backdrop navy', ['background to navy']],
    ['change the red background to blue', ['background to blue']],
    ['change the background to a gradient from blue to pink', ['background to a blue to pink gradient']],
    ['gradient background between red, orange and yellow', ['background to a red to orange to yellow gradient']],
    ['a sunset gradient behind the person', ['background to a sunset gradient']],
    ['make the background a sunset', ['background to a sunset gradient']],
    ['blur the background', ['background blurred']],
    ['make the background blurry', ['background blurred']],
    ['strongly blur the background', ['background blurred']],
    ['remove the background', ['background removed']],
    ['make the background transparent', ['background removed']],
    ['transparent background', ['background removed']],
    ['no background', ['background removed']],
    ['remove the white background', ['background removed']],
    ['remove the background and replace it with white', ['background removed', 'background to white']],
    ['remove the background and make it teal', ['background removed', 'background to teal']],
    ['remove the background and make it black and white', ['background removed', 'black and white']],
    ['remove the background and make the cup blue', ['background removed', 'recolour to blue on the subject ("cup")']],
    ['cut out the subject', ['background removed']],
    ['white studio background', ['background to a white studio']],
    ['put it in a studio', ['background to a white studio']],
    ['make the background black and white', ['black and white on the background']],
    ['make the background darker and cooler', ['darker on the background', 'cool on the background']],
    ['darken the background', ['darker on the background']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });

  it.each([
    ['make it black and white', ['black and white']],
    ['convert to grayscale', ['black and white']],
    ['B&W', ['black and white']],
    ['remove the colour', ['black and white']],
    ['make everything black and white except the cup', ['black and white on the background']],
    ['make it black and white but keep the subject in colour', ['black and white on the background']],
    ['make it black and white, keep the subject in colour', ['black and white on the background']],
    ['apply a sepia tone', ['sepia']],
    ['give it a vintage look', ['vintage']],
    ['make it warmer', ['warm']],
    ['a bit cooler please', ['cool, slight']],
    ['make it much brighter', ['brighter, strong']],
    ['brighten the subject', ['brighter on the subject']],
    ['make the photo dark', ['darker']],
    ['increase the contrast', ['contrast']],
    ['more contrast', ['contrast']],
    ['lower the contrast slightly', ['less contrast, slight']],
    ['increase saturation by 60%', ['saturated, strong']],
    ['less saturated', ['desaturated']],
    ['make the colours pop', ['saturated']],
    ['desaturate', ['desaturated']],
    ['invert the colours', ['invert']],
    ['tint it green', ['tint (green)']],
    ['make it blue', ['tint (blue)']],
    ['golden hour lighting', ['golden hour']],
    ['turn day into night', ['night']],
    ['make it look like night', ['night']],
    ['turn it into an autumn scene', ['autumn']],
    ['make it winter', ['winter']],
    ['analog film look', ['film']],
    ['film noir', ['noir']],
    ['cinematic', ['teal and orange']],
    ['duotone in navy and coral', ['duotone (navy, coral)']],
    ['reduce the warmth', ['cool']],
    ['less light', ['darker']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });

  it.each([
    ['sharpen it', ['sharpen']],
    ['make it sharper and remove the noise', ['sharpen', 'denoise']],
    ['remove blur', ['sharpen']],
    ['remove the grain', ['denoise']],
    ['blur it a little', ['blur, slight']],
    ['add film grain and a vignette', ['grain', 'vignette']],
    ['add a white vignette', ['vignette (white)']],
    ['turn it into a pencil sketch', ['sketch']],
    ['as a cartoon', ['cartoon']],
    ['make it look like an oil painting', ['oil painting']],
    ['in the style of Van Gogh', ['oil painting']],
    ['watercolor painting', ['watercolour']],
    ['pixelate', ['pixelate']],
    ['pop art poster', ['posterise', 'posterise']],
    ['add fog', ['haze']],
    ['soft glow', ['glow']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });

  it.each([
    ['rotate 90 degrees', ['rotate by 90° clockwise']],
    ['rotate 90° counterclockwise', ['rotate by -90° clockwise']],
    ['turn it left', ['rotate by -90° clockwise']],
    ['rotate by 12.5 degrees', ['rotate by 12.5° clockwise']],
    ['rotate slightly to the left', ['rotate by -5° clockwise']],
    ['turn it upside down', ['rotate by 180° clockwise']],
    ['flip horizontally', ['mirror left and right']],
    ['mirror it', ['mirror left and right']],
    ['flip vertically', ['flip upside down']],
    ['crop to a square', ['crop to 1:1']],
    ['crop it to 16:9', ['crop to 16:9']],
    ['make it 4:5', ['crop to 4:5']],
    ['add a white border', ['white border']],
    ['add a thick black frame', ['black border']],
    ['20 px red border', ['red border']],
    ['upscale 2x', ['enlarge 2×']],
    ['enlarge by 150%', ['enlarge 1.5×']],
    ['double the size', ['enlarge 2×']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });

  it.each([
    ['make the car red', ['recolour to red on the subject ("car")']],
    ['make the subject blue', ['recolour to blue on the subject']],
    ['recolour the cat to green', ['recolour to green on the subject ("cat")']],
    ['change the colour of the cup to teal', ['recolour to teal on the subject ("cup")']],
    ['make the sky purple', ['recolour to purple on the sky']],
    ['make the orange parts blue', ['recolour to blue on what is orange']],
    ['make the orange suit blue', ['recolour to blue on what is orange']],
    ['turn the red car blue', ['recolour to blue on what is red in the subject']],
    ['make the white areas of the background yellow', ['recolour to yellow on what is white in the background']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });

  it.each([
    ['change background to orange and make it black and white', ['background to orange', 'black and white']],
    [
      'remove the background, add a white border, then rotate 90 degrees',
      ['background removed', 'white border', 'rotate by 90° clockwise'],
    ],
    ['make the cup blue and the background grey', ['recolour to blue on the subject ("cup")', 'background to grey']],
    ['black and white with a red background', ['black and white', 'background to red']],
    ['brighter, warmer and slightly sharper', ['brighter', 'warm', 'sharpen, slight']],
    ['make it brighter. Keep the subject unchanged.', ['brighter']],
    ['keep everything else the same, change the background to teal', ['background to teal']],
  ])('%s', (prompt, expected) => {
    expect(understood(prompt)).toEqual(expected);
  });
});

describe('what is not understood is said, never skipped', () => {
  it.each([
    ['make it black and white and add a dragon', '"add a dragon"'],
    ['add a hat', '"add a hat"'],
    ['give it a red hat', 'hat'],
    ['make the shirt red', 'say which colour it has now'],
    ['remove the cat', 'only the background can be removed'],
    ['remove the person on the left', 'remove the person on the left'],
    ["don't blur it", "don't"],
    ['do not change the background', 'not'],
    ['change the background to a beach', 'beach'],
    ['change the background', 'change the background'],
    ['crop', 'say to which ratio'],
    ['flip the cat', 'only the whole picture'],
    ['make the cat bigger', 'only the whole picture'],
    ['replace "SALE" with "SOLD"', 'sale'],
    ['remove the dark spots', 'spots'],
    ['make the warm sweater darker', 'sweater'],
    ['let her cry', 'cry'],
    ['hello', 'hello'],
  ])('%s', (prompt, part) => {
    expect(readPrompt(prompt, { thinking: false }).complaints.join(' ')).toContain(part);
  });

  it('whatever is written, there is an answer', () => {
    const words =
      'and with the to background subject orange blue gradient not remove rotate 90 degrees crop 16:9 sepia less colour keep except parts shirt 2 x % px sky , . border'.split(
        ' ',
      );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...words)).map((list) => list.join(' ')),
        ),
        fc.boolean(),
        (prompt, thinking) => {
          const { operations, complaints } = readPrompt(prompt, { thinking });
          expect(operations.map(inWords)).not.toContain(undefined);
          expect(complaints.every((complaint) => complaint.includes('"'))).toBe(true);
        },
      ),
    );
  });

  it('a prompt of nothing but filler asks for nothing', () => {
    expect(readPrompt('please make it look nice', { thinking: false })).toMatchObject({ operations: [] });
  });
});

describe('thinking mode reads abstract wording', () => {
  it.each(lexicon.flatMap(([wordings, plain]) => wordings.split('|').map((wording) => [wording, plain] as const)))(
    '%s → %s',
    (wording, plain) => {
      const expected = readPrompt(plain, { thinking: false });
      expect(expected.complaints).toEqual([]);
      const { operations, complaints, thoughts } = readPrompt(`make it feel like ${wording}`, { thinking: true });
      expect({ operations, complaints }).toEqual({ operations: expected.operations, complaints: [] });
      expect(thoughts).toHaveLength(1);
    },
  );

  it.each([
    ['make it feel like a cold morning', ['cool', 'brighter, slight', 'haze, slight', 'desaturated, slight']],
    ['cosy', ['warm', 'darker, slight', 'glow, slight', 'vignette']],
    [
      'give it a spooky mood and add a black border',
      ['desaturated', 'darker', 'cool', 'haze', 'vignette', 'black border'],
    ],
    ['as if shot on old film', ['vintage', 'grain, slight']],
  ])('%s', (prompt, expected) => {
    expect(readPrompt(prompt, { thinking: true }).operations.map(inWords)).toEqual(expected);
    expect(readPrompt(prompt, { thinking: false }).complaints.join()).toContain('thinking mode');
  });
});

/** The operations in words; complaints would stand among them. */
function understood(prompt: string): string[] {
  const { operations, complaints } = readPrompt(prompt, { thinking: false });
  return [...operations.map(inWords), ...complaints];
}
