import type { Meaning, Verb } from './meaning.ts';
import type { EffectName } from './operation.ts';

const effect = (name: EffectName, amount?: number): Meaning => ({
  is: 'effect',
  effect: name,
  ...(amount && { amount }),
});
const verb = (name: Verb): Meaning => ({ is: 'verb', verb: name });
const gradient = (name: string, ...colours: string[]): Meaning => ({ is: 'gradient', name, colours });

const table: [string, Meaning][] = [
  // Effects: what they are called, and the verbs and adjectives that ask for them.
  [
    'black and white|black & white|black-and-white|b&w|bw|b/w|b & w|greyscale|grayscale|grey scale|gray scale|monochrome|monochromatic|colourless|colorless|grey tones|gray tones|shades of grey|shades of gray',
    effect('black and white'),
  ],
  ['sepia|sepia tone|sepia toned|sepia-toned', effect('sepia')],
  ['vintage|retro|old fashioned|old-fashioned|faded|nostalgic|aged|antique', effect('vintage')],
  ['warm|warmer|warm up|warm tones|warmer tones|warm colours|warm colors|warm light', effect('warm')],
  ['cool|cooler|cold|colder|cool down|cool tones|cooler tones|cool colours|cool colors|cold light', effect('cool')],
  [
    'bright|brighter|brighten|brighten up|brightened|lighter|lighten|lightened|lighten up|illuminate|more light|better lit|well lit',
    effect('brighter'),
  ],
  ['dark|darker|darken|darkened|dim|dimmer|less light', effect('darker')],
  [
    'contrasty|punchy|punchier|high contrast|high-contrast|stronger contrast|more dramatic|dramatic',
    effect('contrast'),
  ],
  ['flat|flatter|low contrast|low-contrast|softer contrast', effect('less contrast')],
  [
    'vivid|vibrant|more vibrant|colourful|colorful|saturated|saturate|richer colours|richer colors|vivid colours|vivid colors|pop|colours pop|colors pop|lively',
    effect('saturated'),
  ],
  [
    'muted|desaturated|desaturate|pale colours|pale colors|dull|duller|washed out|toned down|subdued|pastel colours|pastel colors',
    effect('desaturated'),
  ],
  [
    'invert|inverted|inverse|negative|photo negative|invert colours|invert colors|invert the colours|invert the colors|inverted colours|inverted colors',
    effect('invert'),
  ],
  ['tint|tinted|tinge|colour wash|color wash|colour cast|color cast|toned|tone', effect('tint')],
  [
    'golden hour|golden-hour|sunset light|evening light|evening sun|sunset lighting|golden light|sunlit',
    effect('golden hour'),
  ],
  [
    'night|nighttime|night time|night-time|at night|midnight|moonlight|moonlit|day for night|day into night|day to night',
    effect('night'),
  ],
  ['autumn|autumnal|fall colours|fall colors|in autumn|in the fall', effect('autumn')],
  ['winter|wintry|in winter|icy|frosty', effect('winter')],
  ['spring|springtime|in spring', effect('spring')],
  [
    'film|analog film|analogue film|film look|cinematic film|35mm|35 mm|kodak|analog|analogue|film stock|film photo|film photograph',
    effect('film'),
  ],
  ['noir|film noir|film-noir', effect('noir')],
  ['cinematic|teal and orange|teal & orange|blockbuster|movie|movie look', effect('teal and orange')],
  ['duotone|duo-tone|duo tone|two-tone|two tone|risograph', effect('duotone')],
  ['sharpen|sharper|sharpened|sharp|crisp|crisper|in focus|more detailed|deblur|unblur', effect('sharpen')],
  ['blur|blurry|blurred|blurrier|defocus|defocused|soften|softer|out of focus|gaussian blur|bokeh', effect('blur')],
  [
    'denoise|denoised|reduce noise|noise reduction|remove noise|clean up noise|smooth|smoother|smoothen',
    effect('denoise'),
  ],
  ['clarity|local contrast|clearer|hdr|more texture|structure', effect('clarity')],
  ['glow|glowing|soft glow|soft focus|bloom|halation|orton', effect('glow')],
  ['fog|foggy|haze|hazy|mist|misty|smoky', effect('haze')],
  [
    'vignette|vignetting|dark corners|darker corners|darken the corners|dark edges|darken the edges',
    effect('vignette'),
  ],
  ['grain|grainy|film grain|noisy', effect('grain')],
  [
    'sketch|pencil sketch|pencil drawing|drawing|drawn|pencil|hand drawn|hand-drawn|line drawing|charcoal drawing|charcoal sketch',
    effect('sketch'),
  ],
  ['cartoon|cartoonish|comic|comic book|anime|cel shaded|cel-shaded|toon', effect('cartoon')],
  [
    'oil painting|oil paint|oil painted|oil-painting|painting|painted|painterly|oils|impressionist|impressionistic|van gogh',
    effect('oil painting'),
  ],
  [
    'watercolour|watercolor|watercolour painting|watercolor painting|aquarelle|water colour|water color',
    effect('watercolour'),
  ],
  ['pixelate|pixelated|pixel art|pixel-art|mosaic|pixels art|8 bit|blocky', effect('pixelate')],
  ['posterise|posterize|posterised|posterized|pop art|pop-art|poster|fewer colours|fewer colors', effect('posterise')],

  ['contrast', { is: 'quality', more: 'contrast', less: 'less contrast' }],
  ['brightness|exposure|lightness|light|lighting', { is: 'quality', more: 'brighter', less: 'darker' }],
  ['darkness|shadow|shadows', { is: 'quality', more: 'darker', less: 'brighter' }],
  [
    'saturation|vibrance|vibrancy|colour intensity|color intensity',
    { is: 'quality', more: 'saturated', less: 'desaturated' },
  ],
  ['sharpness|detail|details|definition|focus', { is: 'quality', more: 'sharpen', less: 'blur' }],
  ['warmth|temperature|colour temperature|color temperature', { is: 'quality', more: 'warm', less: 'cool' }],
  ['noise|digital noise|iso noise|image noise', { is: 'quality', more: 'grain', less: 'denoise' }],
  ['blurriness|blurring', { is: 'quality', more: 'blur', less: 'sharpen' }],
  ['colour|color|colours|colors', { is: 'quality', more: 'saturated', less: 'desaturated' }],

  ['increase|raise|boost|enhance|more|add|apply|improve|higher|turn up|intensify|strengthen|stronger', verb('more')],
  ['decrease|reduce|lower|less|turn down|weaken|cut down', verb('less')],
  [
    'remove|delete|erase|cut out|cutout|cut-out|without|no|drop|take away|get rid of|strip|eliminate|isolate|extract|clear',
    verb('remove'),
  ],
  [
    'make|change|turn|set|render|convert|transform|give|put|place|replace|swap|use|switch|do|edit|want|need|let|have|create|show|get|adjust|fill',
    verb('make'),
  ],
  ['recolour|recolor|colour|color|paint|dye|colorize|colourise|colourize|colorise', verb('recolour')],
  ['keep|leave|preserve|retain|maintain|protect', verb('keep')],
  ['rotate|rotated|spin|tilt', verb('rotate')],
  ['flip|flipped|mirror|mirrored|reflect|reflected', verb('mirror')],
  ['crop|cropped|trim|cut to', verb('crop')],
  ['border|frame|framed|bordered|edge border|passe-partout|passepartout', verb('border')],
  [
    'upscale|upscaled|bigger|larger|enlarge|enlarged|upsample|super resolution|super-resolution|scale up|higher resolution|double the size|double the resolution|twice the size|twice as large|twice as big',
    verb('enlarge'),
  ],

  ['background|backdrop|backgrounds|back drop|behind|surroundings|wallpaper', { is: 'background' }],
  ['sky|skies|the heavens', { is: 'sky' }],
  ['it|picture|image|photo|photograph|this|everything|all|whole|scene|entire|shot|pic|portrait', { is: 'all' }],
  [
    'subject|foreground|main subject|object|main object|product|person|man|woman|girl|boy|lady|guy|child|kid|baby|people|figure|model|astronaut|cat|kitten|dog|puppy|animal|pet|bird|horse|cup|mug|coffee|coffee cup|saucer|rocket|spaceship|car|vehicle|truck|bike|bicycle|motorcycle|boat|ship|plane|bottle|shoe|shoes|sneaker|sneakers|bag|handbag|watch|chair|sofa|lamp|vase|flower|flowers|plant|food|cake|fruit|apple|toy|statue|building|house|tower|tree|him|her|them',
    { is: 'subject' },
  ],
  [
    'shirt|t-shirt|tshirt|hat|cap|dress|suit|space suit|spacesuit|jacket|coat|pants|trousers|jeans|skirt|tie|scarf|sweater|pullover|glove|gloves|helmet|hair|eye|eyes|lips|skin|fur|nose|nail|nails|clothes|clothing|outfit|clothing|sock|socks|wheel|wheels|door|wall|walls|floor|table|wood|roof|window|grass|leaf|leaves|water|sea|ocean|road|field|flag|plate|spoon|letters|text|logo|label|cushion|curtain|carpet|paint',
    { is: 'part' },
  ],
  [
    'part|parts|thing|things|area|areas|region|regions|object|objects|bit|bits|tones|element|elements|stuff|surfaces|items|item',
    { is: 'parts' },
  ],
  ['rest|else|other|others|remaining', { is: 'rest' }],
  ['except|except for|but not|apart from|besides|other than|all but|excluding', { is: 'except' }],

  [
    'transparent|transparency|see-through|alpha|removed|gone|empty|no background|background removed',
    { is: 'fill', fill: 'transparent' },
  ],
  [
    'studio|seamless|studio backdrop|photo studio|product shot|studio lighting|infinity cove',
    { is: 'fill', fill: 'studio' },
  ],
  ['gradient|colour gradient|color gradient|fade|ombre|ombré|blend', { is: 'fill', fill: 'gradient' }],
  ['sunset|sunset gradient|sunset sky', gradient('sunset', '#2b2a5a', '#b5476f', '#ff8a4c', '#ffd27a')],
  ['sunrise|sunrise gradient|dawn|dawn sky', gradient('sunrise', '#4d6fa8', '#e8a5a0', '#ffd9a0', '#fff0cf')],
  ['dusk|dusk sky|twilight', gradient('dusk', '#161b3d', '#3e3a78', '#a25a8c')],
  ['blue sky|clear sky', gradient('sky', '#3f86d1', '#8fc1ee', '#dff0fb')],
  ['ocean gradient', gradient('ocean', '#7fd8e6', '#1f7fb2', '#0b2f5b')],
  ['rainbow|rainbow gradient', gradient('rainbow', '#e8503a', '#f2a93b', '#f0e04e', '#58b368', '#3f7fd1', '#7d4cb8')],
  ['fire gradient|flame gradient', gradient('vertical fire', '#ffd84a', '#ff7a1a', '#a01410')],
  ['pastel gradient|pastel', gradient('pastel', '#f9d5e5', '#d6e6f5', '#d9f2e0')],

  [
    'left|to the left|anticlockwise|anti-clockwise|counterclockwise|counter-clockwise|counter clockwise|ccw',
    { is: 'direction', direction: 'left' },
  ],
  ['right|to the right|clockwise|cw', { is: 'direction', direction: 'right' }],
  ['upside down|upside-down|on its head', { is: 'direction', direction: 'half' }],
  ['horizontal|horizontally|left to right|left-right|sideways', { is: 'direction', direction: 'horizontal' }],
  ['vertical|vertically|top to bottom', { is: 'direction', direction: 'vertical' }],
  ['radial|circular', { is: 'direction', direction: 'radial' }],
  ['degrees|degree|deg|°', { is: 'unit', unit: 'degrees' }],
  ['px|pixel|pixels', { is: 'unit', unit: 'pixels' }],
  ['percent|%|per cent', { is: 'unit', unit: 'percent' }],
  ['x|×|times|fold', { is: 'unit', unit: 'times' }],
  ['square|squared|a square', { is: 'ratio', width: 1, height: 1 }],
  ['widescreen|wide screen', { is: 'ratio', width: 16, height: 9 }],

  [
    'slightly|slight|a bit|a little|a little bit|bit|little|subtle|subtly|gently|gentle|somewhat|lightly|mildly|a touch|faint|faintly|small|thin|narrow',
    { is: 'amount', factor: 0.55 },
  ],
  [
    'very|much|strongly|strong|heavy|heavily|highly|a lot|really|super|considerably|deeply|big|thick|wide|intense|intensely|bold|far',
    { is: 'amount', factor: 1.5 },
  ],
  ['extremely|extreme|totally|insanely|way|massively|as much as possible', { is: 'amount', factor: 2 }],

  [',|;|.|!|?|and|but|then|also|plus|&|+|while|finally|afterwards|after that|next|with', { is: 'join' }],
  [
    "-|:|one|please|kindly|could|can|would|you|i|we|i'd|the|a|an|of|to|into|in|on|onto|from|by|at|for|as|is|be|was|were|been|being|its|it's|his|my|our|their|that|so|against|like|look|looks|looking|style|styled|effect|effects|filter|version|mode|kind|type|some|just|only|simply|looking|appear|appears|seem|feel|feels|feeling|mood|vibe|vibes|atmosphere|aesthetic|if|there|up|completely|entirely|fully|full|plain|solid|pure|clean|uniform|new|nice|beautiful|good|great|different|coloured|colored|hand|size|ratio|format|aspect|around|over|between|across|through|main|current|original|old|same|unchanged|more or less|taken|shade|hue|way that|something|should|become|becomes|becoming|out|itself|too|today|now|quite|rather|which|where|will|go|goes|turned|made",
    { is: 'filler' },
  ],
];

/** Every phrase with its meaning; earlier rows win. */
export const phrases: ReadonlyMap<string, Meaning> = (() => {
  const map = new Map<string, Meaning>();
  for (const [words, meaning] of table)
    for (const phrase of words.split('|')) if (!map.has(phrase)) map.set(phrase, meaning);
  return map;
})();

/** How many words the longest phrase has. */
export const longestPhrase = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length));

/** What the engine can do, for the message when it does not understand. */
export const abilities =
  'change the background (a colour, a gradient, studio, blurred, removed), colour and tone (black and white, sepia, vintage, warm, cool, brighter, darker, contrast, saturation, invert, tint, golden hour, night, autumn, winter, spring, film, noir, duotone), recolour (the subject, the sky, or everything of one colour), sharpen, blur, denoise, clarity, glow, fog, vignette, grain, sketch, cartoon, oil painting, watercolour, pixelate, posterise, upscale, rotate, flip, mirror, crop and add a border';
