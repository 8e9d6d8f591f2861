import { editInputSchema, jobSchema, type EditInput, type Job } from '../../wire.ts';

/** The code of an entry of the job book that could not be read as it was. */
export const damagedEntryCode = 'entry-damaged';

const message =
  'The entry of this edit in the job book could not be read, so it is not known whether it was made and paid for. ' +
  'It is not sent again by itself. Your account at the service shows what was made; a new take makes it once more.';

const unknownInput: EditInput = {
  image: '0'.repeat(64),
  prompt: '(could not be read)',
  negative_prompt: '',
  seed: 1,
  enable_thinking_mode: false,
  enable_reflection_mode: false,
  output_format: 'png',
};

/**
 * A job of which little more than the key is known. It stands in the book so that the key is never taken for a new one,
 * which would be paid for again; what can be read of the old entry is kept.
 */
export function damagedEntry(key: string, seq: number, text: string): Job {
  const found = looseObject(text);
  const part = <Name extends keyof Job>(name: Name, instead: Job[Name]): Job[Name] => {
    const read = jobSchema.shape[name].safeParse(found[name]);
    return read.success ? (read.data as Job[Name]) : instead;
  };
  const input = editInputSchema.safeParse(found.input);
  return {
    key,
    seq,
    service: part('service', 'unknown'),
    model: part('model', 'unknown'),
    input: input.success ? input.data : unknownInput,
    status: 'unknown',
    accepted: true,
    requestId: part('requestId', requestIdIn(text)),
    remoteStatus: null,
    queuePosition: null,
    artifacts: part('artifacts', []),
    resultUrls: part('resultUrls', []),
    note: part('note', null),
    error: { code: damagedEntryCode, message },
    price: part('price', null),
    made: part('made', undefined),
    madeFor: part('madeFor', undefined),
    rating: part('rating', undefined),
    createdAt: part('createdAt', 0),
    submittedAt: part('submittedAt', null),
    finishedAt: part('finishedAt', null),
  };
}

function looseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Where the rest of an entry is beyond reading, this alone leads to the picture. */
const requestIdIn = (text: string): string | null => /"requestId":"([^"\\]{1,200})"/.exec(text)?.[1] ?? null;
