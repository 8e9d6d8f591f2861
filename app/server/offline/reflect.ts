import { type Attempt, type Correction, uncorrected } from './apply.ts';
import { distance, type Oklab, toOklab } from './colours.ts';
import { allEffects } from './effects.ts';
import { colourfulness, sample } from './measure.ts';
import { describe, type Operation } from './operation.ts';
import type { Picture } from './picture.ts';
import { faintRemains } from './remains.ts';

/** What became of an operation, measured. */
export type Verdict = {
  /** 0 = as it should be; of several attempts the smallest is kept. */
  fault: number;
  /** What was measured, for the note. */
  found: string;
  /** What the next attempt should do differently; null = nothing. */
  next: Correction | null;
  /** What `next` changes, for the note. */
  change: string;
};

const good = (found: string): Verdict => ({ fault: 0, found, next: null, change: '' });

/** As many attempts as the reference pipeline of the real model makes. */
export const rounds = 3;

/** Tries, measures, corrects, tries again; keeps the best. */
export async function reflectively(
  before: Picture,
  operation: Operation,
  attempt: (correction: Correction) => Promise<Attempt>,
): Promise<{ attempt: Attempt; story: string | null }> {
  let correction = uncorrected;
  let best: { attempt: Attempt; fault: number } | null = null;
  const steps: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    const made = await attempt(correction);
    if ('refused' in made) return { attempt: made, story: null };
    const verdict = judge(before, made.picture, made.where, operation, correction);
    if (!verdict) return { attempt: made, story: null };
    steps.push(verdict.found);
    const better: boolean = !best || verdict.fault < best.fault * 0.98;
    if (better) best = { attempt: made, fault: verdict.fault };
    else steps.push('no better, the earlier one kept');
    if (!better || !verdict.next || round === rounds) break;
    steps.push(verdict.change);
    correction = verdict.next;
  }
  if (!best) throw new Error('Expected at least one attempt');
  return { attempt: best.attempt, story: `${describe(operation)}: ${steps.join(', ')}` };
}

/** null where there is nothing to measure (a rotation is exact). */
function judge(
  before: Picture,
  after: Picture,
  where: Uint8Array | null,
  operation: Operation,
  correction: Correction,
): Verdict | null {
  if (operation.type === 'background') return judgeBackground(before, after, operation, correction);
  if (operation.type === 'recolour') return judgeColour(after, where, operation.colour.rgb, correction);
  if (operation.type === 'effect') return judgeEffect(before, after, where, operation, correction);
  return null;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const figure = (value: number): string => value.toFixed(3);

function judgeBackground(
  before: Picture,
  after: Picture,
  operation: Extract<Operation, { type: 'background' }>,
  correction: Correction,
): Verdict {
  const mask = after.mask;
  if (!mask || !before.mask) return good('no mask to measure with');
  const remains = faintRemains(mask, after.width, after.height);
  if (remains > 0.008) {
    return {
      fault: 1 + remains,
      found: `${percent(remains)} of the picture still showed the old background`,
      next: { ...correction, hardness: correction.hardness + 0.5 },
      change: 'mask made harder',
    };
  }
  const subject = before.mask.map((v, i) => (v > 250 && mask[i]! > 250 ? 255 : 0));
  let moved = 0;
  const kept = sample(after, subject, (lab, i) => (moved += distance(lab, toOklab(before.rgb, i * 3))));
  const stayed = `subject unchanged to ${figure(kept === 0 ? 0 : moved / kept)}`;
  if (operation.fill.kind !== 'colour') return good(stayed);
  const target = toOklab(operation.fill.colour.rgb);
  const behind = mask.map((v) => (v < 8 ? 255 : 0));
  let away = 0;
  const taken = sample(after, behind, (lab) => (away += distance(lab, target)));
  const mean = taken === 0 ? 0 : away / taken;
  const found = `background ${figure(mean)} from ${operation.fill.colour.name}, ${stayed}`;
  if (mean <= 0.055) return good(found);
  return {
    fault: mean,
    found,
    next: { ...correction, light: correction.light * 0.5 },
    change: 'light on the wall halved',
  };
}

function judgeColour(
  after: Picture,
  where: Uint8Array | null,
  rgb: readonly [number, number, number],
  correction: Correction,
): Verdict {
  const target = toOklab(rgb);
  let away = 0;
  let reached = 0;
  const along = Math.hypot(target[1], target[2]);
  const taken = sample(after, where, ([, a, b]: Oklab) => {
    away += Math.hypot(a - target[1], b - target[2]);
    reached += along === 0 ? 0 : (a * target[1] + b * target[2]) / along;
  });
  if (taken === 0) return good('too small to measure');
  const found = `colour ${figure(away / taken)} from the one asked for`;
  if (away / taken <= Math.max(0.05, along * 0.5)) return good(found);
  const weak = reached / taken < along;
  return {
    fault: away / taken,
    found,
    next: { ...correction, strength: correction.strength * (weak ? 1.2 : 0.85) },
    change: weak ? 'colour made stronger' : 'colour made weaker',
  };
}

function judgeEffect(
  before: Picture,
  after: Picture,
  where: Uint8Array | null,
  operation: Extract<Operation, { type: 'effect' }>,
  correction: Correction,
): Verdict | null {
  const { goal, grey } = allEffects[operation.effect];
  if (grey) return good(`colour left ${figure(colourfulness.of(after, where))}`);
  if (!goal) return null;
  const change = goal.measure.of(after, where) - goal.measure.of(before, where);
  // "slightly" and "very" move what is expected, but less than in proportion: pictures have ends.
  const least = goal.least * Math.min(1, operation.amount);
  const most = goal.most * Math.max(1, operation.amount);
  const found = `${goal.measure.title} ${change < 0 ? '' : '+'}${figure(change)}`;
  if (change >= least && change <= most) return good(found);
  const middle = (least * 2 + most) / 3;
  const factor = change <= 0 ? 2 : Math.min(2.5, Math.max(0.4, middle / change));
  return {
    fault: change < least ? least - change : change - most,
    found,
    next: { ...correction, strength: Math.min(4, correction.strength * factor) },
    change: change < least ? 'too little, made stronger' : 'too much, made weaker',
  };
}
