import { faultOfJson } from '../../graphs/untrusted.ts';
import { embeddedSchema, textIn, type Embedded } from './embed.ts';
import { latin1 } from './inflate.ts';

/** What a picture from outside has inside, as far as Editloom understands it. */
export type FoundInside =
  | { readonly type: 'nothing' }
  | { readonly type: 'payload'; readonly payload: Embedded }
  /** Something of ours that cannot be used; a sentence. */
  | { readonly type: 'unusable'; readonly message: string }
  /** How another program made it. */
  | { readonly type: 'foreign'; readonly program: string };

/** [V8] Looks into a picture; whatever it finds, the picture itself can be used. */
export function lookInside(bytes: Uint8Array): FoundInside {
  const text = textIn(bytes);
  if (text === null) {
    if (hasOurMark(bytes))
      return unusable('are damaged, cut off or larger than 16 MB, so its graph cannot be brought back');
    const program = programOf(bytes);
    return program ? { type: 'foreign', program } : { type: 'nothing' };
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return unusable('are damaged: they are no JSON');
  }
  const fault = faultOfJson(data);
  if (fault) return unusable(`are not used: ${fault}, which nothing that Editloom writes has`);
  const parsed = embeddedSchema.safeParse(data);
  if (parsed.success) return { type: 'payload', payload: parsed.data };
  const version = data !== null && typeof data === 'object' && 'editloom' in data ? data.editloom : undefined;
  return typeof version === 'number' && version > 1
    ? unusable(`are of version ${version}, written by a newer Editloom; this one reads version 1`)
    : unusable('are none that Editloom writes');
}

const unusable = (what: string): FoundInside => ({
  type: 'unusable',
  message: `The details that this picture carries ${what}. It was taken as a picture.`,
});

const marks = ['iTXteditloom\0', 'EDLM', 'editloom\0'];

/** The mark of our chunk in the head or the tail of the file, where it is put: what has it was once ours. */
function hasOurMark(bytes: Uint8Array): boolean {
  const ends = [bytes.subarray(0, 200_000), bytes.subarray(Math.max(0, bytes.length - 2_000_000))];
  return ends.some((end) => marks.some((mark) => includes(end, mark)));
}

/** Keywords of PNG texts, and beginnings of EXIF texts, by which programs are known. */
const programs: readonly (readonly [program: string, signs: readonly string[]])[] = [
  ['ComfyUI', ['tEXtworkflow\0', 'tEXtprompt\0', 'iTXtworkflow\0', 'workflow:{', 'Workflow:{']],
  ['InvokeAI', ['tEXtinvokeai_metadata\0', 'iTXtinvokeai_metadata\0', 'iTXtinvokeai_graph\0', 'tEXtsd-metadata\0']],
  ['Stable Diffusion web UI', ['tEXtparameters\0', 'iTXtparameters\0']],
  ['NovelAI', ['tEXtSoftware\0NovelAI']],
];

function programOf(bytes: Uint8Array): string | null {
  const ends = [bytes.subarray(0, 200_000), bytes.subarray(Math.max(0, bytes.length - 200_000))];
  return programs.find(([, signs]) => signs.some((sign) => ends.some((end) => includes(end, sign))))?.[0] ?? null;
}

function includes(bytes: Uint8Array, text: string): boolean {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0 && at + text.length <= bytes.length; at = bytes.indexOf(first, at + 1))
    if (latin1(bytes.subarray(at, at + text.length)) === text) return true;
  return false;
}
