import type { Finding, Paid, PaidPicture } from '../storage-wire.ts';
import { paidWords, pictureCount, pictureName, priceWords, sizeWords } from '../storage-words.ts';
import type { Repair } from './storage-repair.ts';

const number = new Intl.NumberFormat('en');
const mostNamed = 5;

/** `Removes 14 pictures, 23 MB; 3 of them were paid for: …, together $0.15 (1 price not known).` */
export function removalSentence(count: number, bytes: number, paid: readonly PaidPicture[], sum: Paid): string {
  const what = `Removes ${pictureCount(count)}, ${sizeWords(bytes)}`;
  if (paid.length === 0) return `${what}. ${count === 1 ? 'It was not' : 'None of them was'} paid for.`;
  const names = paid.slice(0, mostNamed).map((one) => `${pictureName(one)} (${priceWords(one.price)})`);
  if (paid.length > mostNamed) names.push(`${number.format(paid.length - mostNamed)} more`);
  const perhaps = paid.some(({ prompt }) => prompt === null) ? ', or may have been,' : '';
  const who = count === 1 ? 'it' : `${number.format(paid.length)} of them`;
  const were = `${who} ${paid.length === 1 ? 'was' : 'were'}${perhaps} paid for`;
  return `${what}; ${were}: ${names.join(', ')}${paid.length > 1 ? `, together ${paidWords(sum)}` : ''}.`;
}

const nouns = { damaged: 'is damaged', missing: 'is missing' } as const;
const sources = {
  trash: 'It was brought back from the trash.',
  output: 'It was brought back from a saved file.',
  sample: 'It was put back from Editloom’s own samples.',
  service: 'It was fetched again from the edit service, which cost nothing.',
} as const;

/** What was found, what was done, and what is left to do. */
export function foundSentence(finding: Omit<Finding, 'message'>, repair: Repair): string {
  if (finding.what === 'output') {
    return `The saved file ${finding.file} cannot be read. It was set aside; run its graph again to have it written anew, which costs nothing.`;
  }
  const price = finding.paid ? ` (${priceWords(finding.price)})` : '';
  const what = finding.prompt === null ? 'A picture that was loaded' : `The picture ${pictureName(finding)}${price}`;
  const start = `${what} ${nouns[finding.what]}.`;
  if (repair.outcome === 'repaired') return `${start} ${sources[repair.from]}`;
  if (repair.outcome === 'coming') return `${start} It is being fetched again and comes by itself.`;
  const rest =
    finding.prompt === null
      ? 'Load it again, and it is the same as before.'
      : `A new take makes it once more${finding.paid ? ', which is paid for again' : ', free of charge'}.`;
  return [start, repair.reason ?? 'Its bytes are nowhere else.', rest].join(' ');
}
