import type { Cost } from '../costs-wire.ts';
import { dollars, plural } from './run-words.ts';

/** `12 edits · $0.48`; what nobody told the price of is named, never counted as nothing. */
export function costWords({ edits, dollars: sum, untold }: Cost): string {
  if (edits === 0) return 'nothing';
  const told = edits - untold;
  if (told === 0) return `${plural(edits, 'edit')} · price not known`;
  const rest = untold === 0 ? '' : ` and ${plural(untold, 'edit')} whose price is not known`;
  return `${plural(told, 'edit')} · ${dollars(sum)}${rest}`;
}

/** `Tue 10 Mar` of 2026-03-10. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
