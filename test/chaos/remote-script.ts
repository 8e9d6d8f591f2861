import type { Raw } from '../support/fault-server.ts';
import type { Random } from './random.ts';

/** What is done to one submission. `ambiguous`: its sender cannot know whether it was accepted. */
export type SubmitPlan = {
  kind: string;
  accepts: boolean;
  ambiguous: boolean;
  delayMs: number;
  answer: 'well' | 'cut' | 'hold' | Raw;
};

/** What becomes of an accepted request. */
export type LifePlan = {
  kinds: string[];
  queueMs: number;
  workMs: number;
  stuck: boolean;
  ending: 'picture' | 'completed-but-failed' | 'failed';
  /** So many finished results name no picture. */
  emptyResults: number;
  echoes: boolean;
  changes: boolean;
  /** Faults of the result's address; `lasts` = until all is healed, `forever` = it never comes back. */
  file: { fault: FileFault; times: number; forever: boolean } | null;
};

export type FileFault = 'dead' | 'error' | 'cut' | 'short' | 'page' | 'slow';
export type ReadFault = Raw | 'cut' | 'slow';

const page = '<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>';
const json = (status: number, error_code: number, message: string, headers?: Record<string, string>): Raw => ({
  status,
  body: { error_code, message },
  ...(headers && { headers }),
});

const submitFaults: Record<string, { weight: number } & Omit<SubmitPlan, 'kind' | 'delayMs'>> = {
  '429': { weight: 0.012, accepts: false, ambiguous: false, answer: json(429, 429001, 'Slow down') },
  '429 with Retry-After': {
    weight: 0.008,
    accepts: false,
    ambiguous: false,
    answer: json(429, 429001, 'Slow down', { 'retry-after': '1' }),
  },
  '503': { weight: 0.008, accepts: false, ambiguous: false, answer: { status: 503, body: page } },
  '500 HTML': { weight: 0.01, accepts: false, ambiguous: true, answer: { status: 500, body: page } },
  '502 HTML, accepted': { weight: 0.01, accepts: true, ambiguous: true, answer: { status: 502, body: page } },
  '200 HTML, accepted': { weight: 0.006, accepts: true, ambiguous: true, answer: { body: page } },
  'cut before acceptance': { weight: 0.012, accepts: false, ambiguous: true, answer: 'cut' },
  'cut after acceptance': { weight: 0.012, accepts: true, ambiguous: true, answer: 'cut' },
  'answer lost': { weight: 0.006, accepts: true, ambiguous: true, answer: 'hold' },
  'no request id': { weight: 0.01, accepts: true, ambiguous: true, answer: { body: { status: 'in_queue' } } },
  '200 with error_code, refused': { weight: 0.01, accepts: false, ambiguous: false, answer: json(200, 422001, 'No') },
  '200 with error_code, busy': { weight: 0.005, accepts: false, ambiguous: false, answer: json(200, 429001, 'Later') },
  '200 with error_code, broken': { weight: 0.005, accepts: true, ambiguous: true, answer: json(200, 500001, 'Oh') },
  'no balance': { weight: 0.001, accepts: false, ambiguous: false, answer: json(402, 400002, 'Insufficient balance') },
};

const readFaults: Record<string, { weight: number; fault: ReadFault }> = {
  'read 500': { weight: 0.015, fault: { status: 500, body: { message: 'Broken' } } },
  'read HTML': { weight: 0.01, fault: { status: 502, body: page } },
  'read cut': { weight: 0.015, fault: 'cut' },
  'read 429': { weight: 0.01, fault: json(429, 429001, 'Slow down', { 'retry-after': '1' }) },
  'read slow': { weight: 0.03, fault: 'slow' },
};

const cancelFaults = {
  'cancel cut': 0.06,
  'cancel done, answer lost': 0.06,
  'cancel 500': 0.06,
  'cancel slow': 0.1,
  'cancel refused though queued': 0.06,
} as const;
export type CancelFault = keyof typeof cancelFaults;

/**
 * All misdeeds of one story. What happens to a request depends on its input and on how often that was seen, not on the
 * order in which requests arrive, so a story can be played again.
 */
export function createScript(random: Random, { faults }: { faults: boolean }) {
  return {
    submit(input: string, attempt: number): SubmitPlan {
      const dice = random.named('submit', input, attempt);
      const well: SubmitPlan = { kind: '', accepts: true, ambiguous: false, delayMs: 0, answer: 'well' };
      if (!faults) return well;
      const weights = Object.fromEntries(Object.entries(submitFaults).map(([kind, { weight }]) => [kind, weight]));
      const kind = dice.draw(weights);
      if (kind !== null) return { ...well, kind, ...submitFaults[kind]! };
      return dice.chance(0.1) ? { ...well, kind: 'slow', delayMs: dice.between(50, 600) } : well;
    },

    life(input: string): LifePlan {
      const dice = random.named('life', input);
      const [queueMs, workMs] = [dice.between(0, 500), dice.between(20, 700)];
      const calm: LifePlan = {
        kinds: [],
        queueMs,
        workMs,
        stuck: false,
        ending: 'picture',
        emptyResults: 0,
        echoes: dice.chance(0.2),
        changes: false,
        file: null,
      };
      if (!faults) return calm;
      const ending = dice.draw({ 'completed-but-failed': 0.015, failed: 0.01 }) ?? 'picture';
      const fault = dice.draw({ dead: 0.03, error: 0.02, cut: 0.03, short: 0.05, page: 0.03, slow: 0.04 });
      // Two are forgiven; what lasts longer has to be fetched again when the user asks for it.
      const times = dice.chance(0.25) ? Infinity : dice.between(1, 2);
      const forever = fault === 'dead' && times === Infinity && dice.chance(0.3);
      const life: LifePlan = {
        ...calm,
        stuck: dice.chance(0.02),
        ending,
        emptyResults: dice.chance(0.015) ? dice.between(1, 2) : 0,
        changes: dice.chance(0.04),
        file: fault && { fault, times, forever },
      };
      const { stuck, emptyResults, echoes, changes, file } = life;
      life.kinds = [
        stuck && 'stuck in queue',
        ending !== 'picture' && ending,
        emptyResults > 0 && 'result without a picture',
        echoes && 'input echoed',
        changes && 'result twice different',
        file && `result ${file.fault}${file.forever ? ' for good' : file.times === Infinity ? ' until healed' : ''}`,
      ].filter((kind) => kind !== false && kind !== null);
      return life;
    },

    read(id: string, count: number): { kind: string; fault: ReadFault } | null {
      if (!faults) return null;
      const weights = Object.fromEntries(Object.entries(readFaults).map(([kind, { weight }]) => [kind, weight]));
      const kind = random.named('read', id, count).draw(weights);
      return kind === null ? null : { kind, fault: readFaults[kind]!.fault };
    },

    cancel: (id: string, count: number): CancelFault | null =>
      faults ? random.named('cancel', id, count).draw(cancelFaults) : null,
  };
}

export type Script = ReturnType<typeof createScript>;
