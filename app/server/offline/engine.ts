import { createHash } from 'node:crypto';
import { apply, type Correction, uncorrected } from './apply.ts';
import { createMasks, type Masks } from './mask.ts';
import { readNegativePrompt } from './negative.ts';
import { describe, needsMask, type Operation } from './operation.ts';
import { decode, encode, onWhite, type Picture } from './picture.ts';
import { readPrompt } from './prompt.ts';
import { reflectively } from './reflect.ts';
import { defaultModel } from './subject-model.ts';
import { abilities } from './vocabulary.ts';

/** Part of every key of a picture made offline: raise it whenever the same input gives other bytes than before. */
export const engineVersion = 1;

export type EngineInput = {
  prompt: string;
  negative_prompt: string;
  seed: number;
  enable_thinking_mode: boolean;
  enable_reflection_mode: boolean;
  output_format: 'jpeg' | 'png';
};

export type EngineOutcome =
  | {
      status: 'done';
      bytes: Uint8Array;
      mediaType: 'image/jpeg' | 'image/png';
      width: number;
      height: number;
      /** What was understood and done, which mask was used, what reflection measured and corrected. */
      note: string;
    }
  /** What was not understood or not possible, and what the engine can do: a sentence for the user. */
  | { status: 'failed'; message: string };

export type Engine = {
  edit(picture: Uint8Array, input: EngineInput, signal?: AbortSignal): Promise<EngineOutcome>;
  close(): Promise<void>;
};

/** Edits pictures without any network: same picture, same input → same bytes. `model: null` = without the subject model. */
export function createEngine({ model = defaultModel() }: { model?: string | null } = {}): Engine {
  const masks = createMasks(model);
  return {
    edit: (bytes, input, signal) => edit(masks, bytes, input, signal),
    close: () => masks.close(),
  };
}

const failed = (message: string): EngineOutcome => ({ status: 'failed', message });

async function edit(masks: Masks, bytes: Uint8Array, input: EngineInput, signal?: AbortSignal): Promise<EngineOutcome> {
  signal?.throwIfAborted();
  const reading = readPrompt(input.prompt, { thinking: input.enable_thinking_mode });
  if (reading.complaints.length > 0 || reading.operations.length === 0) {
    const what =
      reading.complaints.length > 0 ? reading.complaints.join(' and ') : `any instruction in "${input.prompt.trim()}"`;
    return failed(`The offline engine did not understand ${what}. Nothing was changed. It can ${abilities}.`);
  }
  const negative = readNegativePrompt(input.negative_prompt, reading.operations);
  const operations = [...negative.operations, ...reading.operations];

  const start = await open(bytes);
  if ('unreadable' in start) return failed(start.unreadable);
  signal?.throwIfAborted();
  let { picture } = start;
  const notes = [`Offline engine ${engineVersion}. Understood: ${operations.map(describe).join('; ')}.`];
  for (const { wording, instructions } of reading.thoughts)
    notes.push(`Thinking: "${wording}" read as "${instructions}".`);
  if (negative.contrary.length > 0)
    notes.push(`Negative prompt: ${list(negative.contrary)} left as the prompt asks for it.`);
  if (negative.unknown.length > 0)
    notes.push(`Negative prompt: nothing could be done about ${list(negative.unknown)}.`);
  notes.push(...start.notes);

  if (operations.some(needsMask)) {
    const found = await masks.of(createHash('sha256').update(bytes).digest('hex'), onWhite(picture));
    signal?.throwIfAborted();
    if (!found.found)
      return failed(
        `The offline engine could not tell subject and background apart: ${found.why}. Nothing was changed.`,
      );
    notes.push(`${found.how[0]!.toUpperCase()}${found.how.slice(1)}.`);
    picture = { ...picture, mask: found.bytes };
  }

  const done = await carryOut(picture, operations, input, signal);
  if ('refused' in done) return failed(`The offline engine ${done.refused}. Nothing was changed.`);
  if (done.stories.length > 0) notes.push(`Reflection: ${done.stories.join('; ')}.`);

  const transparent = done.picture.alpha !== null;
  if (transparent && input.output_format === 'jpeg')
    notes.push('JPEG knows no transparency: what is transparent was put on white; choose PNG to keep it.');
  const result = input.output_format === 'jpeg' ? onWhite(done.picture) : done.picture;
  return {
    status: 'done',
    bytes: await encode(result, input.output_format),
    mediaType: input.output_format === 'jpeg' ? 'image/jpeg' : 'image/png',
    width: result.width,
    height: result.height,
    note: notes.join(' '),
  };
}

async function open(bytes: Uint8Array): Promise<{ picture: Picture; notes: string[] } | { unreadable: string }> {
  try {
    const { picture, from } = await decode(bytes);
    const smaller = from.width !== picture.width || from.height !== picture.height;
    const notes = smaller
      ? [
          `The picture was made smaller from ${from.width} × ${from.height} to ${picture.width} × ${picture.height} (at most 4 megapixels).`,
        ]
      : [];
    return { picture, notes };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      unreadable: `The offline engine could not read the picture: ${reason}. Expected a whole JPEG, PNG, WebP, AVIF or TIFF.`,
    };
  }
}

async function carryOut(
  start: Picture,
  operations: Operation[],
  input: EngineInput,
  signal?: AbortSignal,
): Promise<{ picture: Picture; stories: string[] } | { refused: string }> {
  let picture = start;
  const stories: string[] = [];
  const seen = new Map<string, number>();
  for (const operation of operations) {
    signal?.throwIfAborted();
    // Named after what it does, so that a word more elsewhere in the prompt changes nothing here.
    const name = operation.type === 'effect' ? operation.effect : operation.type;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const before = picture;
    const attempt = (correction: Correction) =>
      apply(before, operation, { seed: input.seed, stream: `${name}/${count}`, correction, signal });
    const { attempt: made, story } = input.enable_reflection_mode
      ? await reflectively(before, operation, attempt)
      : { attempt: await attempt(uncorrected), story: null };
    if ('refused' in made) return made;
    if (story) stories.push(story);
    picture = made.picture;
  }
  return { picture, stories };
}

const list = (words: string[]): string => words.map((word) => `"${word}"`).join(', ');
