/**
 * Thinking mode's own lexicon: abstract wording, and the plain instructions that it is read as.
 * It is closed when the mode is off. Earlier rows win.
 */
export const lexicon: readonly (readonly [wordings: string, instructions: string])[] = [
  [
    'cold morning|frosty morning|chilly morning|winter morning|crisp morning',
    'cooler, slightly brighter, slightly foggy, slightly desaturated',
  ],
  ['early morning|morning|morning light|daybreak', 'slightly brighter, slightly warmer, slightly foggy'],
  ['warm evening|lazy evening|late afternoon|evening', 'golden hour, slightly darker'],
  [
    'cosy|cozy|homely|snug|by the fireplace|fireside|candlelight|candlelit|by candlelight',
    'warmer, slightly darker, slightly glowing, vignette',
  ],
  [
    'spooky|creepy|scary|haunted|horror|eerie|sinister|halloween|ghostly',
    'desaturated, darker, cooler, foggy, vignette',
  ],
  [
    'dreamy|dreamlike|dream|a dream|ethereal|magical|fairytale|fairy tale|enchanted',
    'glowing, slightly brighter, slightly foggy, slightly saturated',
  ],
  ['old film|shot on old film|old photo|old photograph|seventies|70s|1970s|polaroid', 'vintage, slightly grainy'],
  [
    'silent film|1920s|twenties|victorian|wild west|old west|daguerreotype|great grandmother',
    'sepia, grainy, vignette, slightly blurred',
  ],
  ['eighties|80s|1980s|synthwave|vaporwave|retrowave', 'tint magenta, contrast, saturated, slightly glowing'],
  [
    'cyberpunk|neon city|blade runner|futuristic|sci-fi|science fiction',
    'teal and orange, cooler, contrast, slightly glowing, vignette',
  ],
  ['romantic|love|lovely|valentine|wedding', 'slightly warmer, glowing, slightly tinted pink'],
  [
    'sunny|sunny day|summer|summer day|summery|hot day|tropical|holiday|vacation|beach day',
    'warmer, brighter, saturated',
  ],
  ['rainy|rainy day|gloomy|overcast|stormy|dreary|bleak|grim', 'cooler, desaturated, darker, slightly foggy'],
  ['sad|melancholic|melancholy|lonely|sorrowful|depressing', 'cooler, desaturated, slightly darker, slight vignette'],
  ['happy|cheerful|joyful|upbeat|playful|fun|optimistic|energetic', 'brighter, saturated, slightly warmer'],
  ['calm|peaceful|serene|relaxing|zen|minimal|minimalist', 'less contrast, slightly desaturated, slightly brighter'],
  ['moody|brooding|mysterious|intense|epic|heroic', 'contrast, darker, slightly desaturated, vignette'],
  ['gritty|raw|documentary|war photograph|street photography', 'clarity, contrast, desaturated, grainy'],
  [
    'luxury|luxurious|elegant|premium|exclusive|sophisticated',
    'slightly darker, contrast, slightly desaturated, vignette',
  ],
  [
    'desert|wasteland|post-apocalyptic|apocalyptic|dystopian|dusty',
    'tint sand, desaturated, contrast, slightly grainy',
  ],
  ['mars|martian|another planet|alien planet|alien world', 'tint orangered, contrast, slightly foggy'],
  ['underwater|under water|deep sea|under the sea', 'strongly tint teal, cooler, slightly foggy, slightly blurred'],
  ['jungle|rainforest|the matrix|matrix', 'tint green, contrast, slightly darker'],
  ['nostalgia|childhood|childhood memory|memory|a memory|distant memory|remembered', 'vintage, slightly glowing'],
  ["children's book|childrens book|storybook|picture book|illustration", 'watercolour'],
  ['graphic novel|manga|pop culture', 'cartoon, contrast'],
  ['newspaper|newsprint|press photo', 'black and white, contrast, grainy'],
  ['blueprint|technical drawing', 'sketch, then invert, then strongly tint blue'],
  ['video game|retro game|arcade|gameboy|game boy|minecraft|nes', 'pixelate, saturated'],
  ['old master|rembrandt|museum piece|renaissance|masterpiece', 'oil painting, warm, slightly darker, vignette'],
  [
    'catalogue|catalog|e-commerce|ecommerce|online shop|web shop|product photo|product photography|amazon listing',
    'change the background to white, slightly brighter, slightly sharpened',
  ],
  ['magazine cover|editorial|fashion shoot|high fashion|vogue', 'contrast, slightly desaturated, clarity'],
  ['ghost town|lost in the fog|silent hill', 'strongly foggy, desaturated'],
  [
    'professional|polished|better|more beautiful|stunning|amazing',
    'slight contrast, slightly saturated, slightly sharpened',
  ],
  ['tired|worn|worn out|ancient|forgotten|time has passed', 'faded, grainy'],
];
