import { z } from 'zod';

/**
 * The words of RunComfy's Model API that the offline edit service speaks: docs.runcomfy.com/model-apis and the page of
 * stepfun-ai/stepx-edit2. Where those leave something open, the choice made is marked as an assumption.
 */

export const modelId = 'stepfun-ai/stepx-edit2';

/** Our own mark in every answer that could be mistaken for one of RunComfy. */
export const serviceName = 'editloom-offline';

export const limits = {
  /** Official clients send at most this much in one request. */
  bodyBytes: 64 * 1024 * 1024,
  promptLength: 8000,
  fetchMs: 30_000,
  /** Assumption: as long as RunComfy keeps the results of its serverless API. */
  keepMs: 7 * 24 * 60 * 60 * 1000,
};

export const inputSchema = z.object({
  prompt: z
    .string()
    .max(limits.promptLength)
    .refine((text) => text.trim() !== '', 'Expected a text that says what to edit, got an empty one')
    .meta({ title: 'Prompt', description: 'What to change in the picture.' }),
  image_url: z
    .string()
    .refine(isAddress, 'Expected an https address or a data URI (data:image/png;base64,…)')
    .meta({ title: 'Image', description: 'The picture to edit, up to 50 MB.', format: 'image_uri' }),
  negative_prompt: z
    .string()
    .max(limits.promptLength)
    .default('')
    .meta({ title: 'Negative prompt', description: 'What the picture should not have.' }),
  seed: z.number().int().min(0).default(0).meta({ title: 'Seed', description: '0 draws a random one.' }),
  enable_thinking_mode: z
    .boolean()
    .default(true)
    .meta({ title: 'Thinking mode', description: 'Interpret abstract prompts before the edit.' }),
  enable_reflection_mode: z
    .boolean()
    .default(true)
    .meta({ title: 'Reflection mode', description: 'Look at the result and correct it.' }),
  output_format: z.enum(['jpeg', 'png']).default('jpeg').meta({ title: 'Output format' }),
});
export type OfflineInput = z.infer<typeof inputSchema>;

export type RequestStatus = 'in_queue' | 'in_progress' | 'succeeded' | 'failed' | 'cancelled';

/** The status route says `completed` for whatever has run, well or not; only the result tells them apart. */
export function statusWord(status: RequestStatus): 'in_queue' | 'in_progress' | 'completed' | 'cancelled' {
  return status === 'succeeded' || status === 'failed' ? 'completed' : status;
}

// The documentation lists codes, not the HTTP status beside each; assumption: its first three digits are it.
const refusals = {
  InvalidResourceIdentifier: { status: 400, code: 400001 },
  UserAccountError: { status: 400, code: 400004 },
  PermissionDeniedError: { status: 403, code: 403001 },
  ResourceNotFound: { status: 404, code: 404001 },
  PayloadTooLarge: { status: 413, code: 413001 },
  ValidationError: { status: 422, code: 422001 },
  InternalError: { status: 500, code: 500001 },
  ServiceUnavailable: { status: 503, code: 503001 },
} as const;
export type RefusalName = keyof typeof refusals;

export type Detail = { loc: (string | number)[]; msg: string; type: string };

export function refusal(name: RefusalName, message: string, detail?: Detail[]): Response {
  const { status, code } = refusals[name];
  const body = { error_code: code, error_name: name, error_message: message, ...(detail && { detail }) };
  return Response.json(body, { status });
}

/** The body of a submission: parsed, or what is wrong with it, field by field. */
export function parseInput(
  text: string,
): { input: OfflineInput; ignored: string[]; detail?: never } | { detail: Detail[] } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { detail: [{ loc: ['body'], msg: 'Expected a JSON object, got no valid JSON', type: 'json_invalid' }] };
  }
  const parsed = inputSchema.safeParse(body);
  if (!parsed.success) return { detail: detailsOf(parsed.error, 'body', body) };
  const given = Object.keys(body as object);
  return { input: parsed.data, ignored: given.filter((field) => !Object.hasOwn(inputSchema.shape, field)) };
}

/** Assumption: the shape of the 422 that Python services of this kind give; RunComfy documents only the word `detail`. */
export function detailsOf(error: z.ZodError, part: 'body' | 'query', given: unknown): Detail[] {
  return error.issues.map(({ path, code, message }) => {
    const [field] = path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (field === undefined) return { loc: [part], msg: message, type: code };
    const missing = !Object.hasOwn(given as object, field);
    return missing
      ? { loc: [part, field], msg: `Expected ${field}, which is required`, type: 'missing' }
      : {
          loc: [part, field],
          msg: message.replace(/^[^:]+: expected/, 'Expected').replace(', received', ', got'),
          type: code,
        };
  });
}

function isAddress(text: string): boolean {
  return text.startsWith('data:') || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
}
