import type { Axis } from './axes.ts';
import type { Choice, Choices } from './node-type.ts';
import { olderPointNames, pointNames } from './point-name.ts';

export type Chosen = {
  /** The name of the point, under which a new choice is kept. */
  readonly name: string;
  /** The one under which today's is: an older Editloom may have called the point otherwise. */
  readonly keptAs: string;
  readonly choice: Choice | null;
};

/** [S7] Finds what a person chose at a point, where `isHere` tells whether a picture comes in there. */
export function chosenAt(
  choices: Choices,
  axes: readonly Axis[],
  order?: readonly string[],
): (index: number, isHere: (id: string) => boolean) => Chosen {
  const nameOf = pointNames(axes, order);
  const olderNameOf = olderPointNames(axes, order);
  return (index, isHere) => {
    const name = nameOf(index);
    if (Object.hasOwn(choices, name)) return { name, keptAs: name, choice: choices[name]! };
    const older = olderNameOf?.(index);
    // Where two sweeps have the same values it may be the name that another point has today.
    const choice = older !== undefined && Object.hasOwn(choices, older) ? choices[older]! : null;
    return choice?.picked.some(isHere) ? { name, keptAs: older!, choice } : { name, keptAs: name, choice: null };
  };
}
