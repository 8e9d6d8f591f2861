import type { Count } from '../../graphs/known.ts';
import { plural, priceWords } from '../panels/run-words.ts';
import type { ServiceInfo } from '../settings-wire.ts';
import type { Carried } from './carried.ts';

/** The edit service that made what a picture carries, where it says so. */
export const serviceOf = (steps: Carried['steps']): string | undefined =>
  steps.findLast(({ making }) => making?.service)?.making?.service;

/** What opening the graph brings back, and what a run would cost. */
export function outlookWords(
  { edits, made, toPay }: Pick<Count, 'edits' | 'made' | 'toPay'>,
  steps: Carried['steps'],
  service: Pick<ServiceInfo, 'id' | 'kind' | 'price' | 'label'>,
): string {
  if (edits === 0) return 'There is no edit in it that could be made.';
  if (made === edits)
    return edits === 1
      ? 'Its picture is here already: nothing is to pay.'
      : `All ${edits} pictures are here already: nothing is to pay.`;
  const price = priceWords(toPay, service);
  const rest = `${plural(toPay, 'edit')} would have to be made${price ? ` (${price})` : ''}, only when you press Run.`;
  const by = serviceOf(steps);
  if (made === 0 && by !== undefined && by !== service.id)
    return `It was made by ${by.startsWith('offline/') ? 'the offline service' : by.split('/')[0]}; now ${service.label} is in use, so ${rest}`;
  return made === 0
    ? `None of its pictures is here: ${rest}`
    : `${made} of ${plural(edits, 'picture')} ${made === 1 ? 'is' : 'are'} here already; ${rest}`;
}
