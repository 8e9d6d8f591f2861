import { type EffectName, everywhere, type Operation } from './operation.ts';

/** Faults that a negative prompt can name, and what removes them. Earlier rows win. */
export const faults: readonly (readonly [words: string, remedy: EffectName, amount: number])[] = [
  ['low contrast|flat|washed out|washed-out|hazy|foggy|faded', 'contrast', 0.8],
  ['high contrast|harsh contrast|too contrasty|harsh shadows|harsh|crushed blacks', 'less contrast', 0.8],
  ['oversaturated|over-saturated|over saturated|too colourful|too colorful|garish|gaudy', 'desaturated', 0.6],
  ['undersaturated|dull|dull colours|dull colors|drab|pale|muted|colourless|colorless', 'saturated', 0.8],
  ['overexposed|over-exposed|over exposed|too bright|too light|blown out|blown highlights|glare', 'darker', 0.6],
  ['underexposed|under-exposed|under exposed|too dark|dark|dim|shadowy', 'brighter', 0.8],
  [
    'jpeg artifacts|jpeg artefacts|compression artifacts|compression artefacts|artifacts|artefacts|blocky|banding',
    'denoise',
    1,
  ],
  ['noise|noisy|grain|grainy|film grain|speckles|digital noise', 'denoise', 1],
  ['oversharpened|over-sharpened|over sharpened|too sharp', 'denoise', 0.6],
  [
    'blurry|blur|blurred|out of focus|unsharp|unfocused|soft|soft focus|low detail|lack of detail|low quality|low resolution|lowres|low-res',
    'sharpen',
    1,
  ],
  ['yellow cast|yellowish|yellow tint|orange cast|warm cast|too warm', 'cool', 0.8],
  ['blue cast|bluish|blueish|blue tint|cold cast|too cold|too cool', 'warm', 0.8],
];

const remedies: ReadonlyMap<string, { effect: EffectName; amount: number }> = (() => {
  const map = new Map<string, { effect: EffectName; amount: number }>();
  for (const [words, effect, amount] of faults) for (const word of words.split('|')) map.set(word, { effect, amount });
  return map;
})();

/** What the prompt asks for is no fault: "blur it" wins over the negative prompt "blurry". */
const causes: Partial<Record<EffectName, readonly EffectName[]>> = {
  sharpen: ['blur', 'glow', 'pixelate'],
  denoise: ['grain', 'film', 'vintage', 'pixelate', 'posterise'],
  brighter: ['darker', 'night', 'noir'],
  darker: ['brighter', 'winter'],
  contrast: ['less contrast', 'haze', 'vintage'],
  'less contrast': ['contrast', 'noir'],
  desaturated: ['saturated'],
  saturated: ['desaturated', 'black and white', 'noir', 'sepia'],
  cool: ['warm', 'golden hour', 'sepia', 'autumn'],
  warm: ['cool', 'winter', 'night'],
};

/** A negative prompt is a list of faults. Those that the engine can't do anything about are told, not refused: most lists are copied. */
export function readNegativePrompt(
  text: string,
  asked: readonly Operation[],
): { operations: Operation[]; unknown: string[]; contrary: string[] } {
  const operations: Operation[] = [];
  const unknown: string[] = [];
  const contrary: string[] = [];
  const wanted = new Set(asked.flatMap((operation) => (operation.type === 'effect' ? [operation.effect] : [])));
  const items = text
    .toLowerCase()
    .split(/[,;.\n]|\band\b/)
    .map((item) => item.trim().replace(/^(?:no|not|avoid|without|any|very|the|a)\s+/g, ''))
    .filter(Boolean);
  for (const item of items) {
    const remedy = remedies.get(item);
    if (!remedy) unknown.push(item);
    else if (causes[remedy.effect]?.some((cause) => wanted.has(cause))) contrary.push(item);
    else if (!operations.some((operation) => operation.type === 'effect' && operation.effect === remedy.effect)) {
      operations.push({ type: 'effect', ...remedy, area: everywhere, colours: [] });
    }
  }
  return { operations, unknown, contrary };
}
