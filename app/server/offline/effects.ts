import type { Effect } from './effect.ts';
import { lookEffects } from './looks.ts';
import type { EffectName } from './operation.ts';
import { opticEffects } from './optics.ts';
import { styleEffects } from './styles.ts';
import { toneEffects } from './tones.ts';

/** Every effect by its name; a name without an effect does not compile. */
export const allEffects: Record<EffectName, Effect> = {
  ...toneEffects,
  ...opticEffects,
  ...lookEffects,
  ...styleEffects,
};
