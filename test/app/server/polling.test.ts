import { describe, expect, it } from 'vitest';
import {
  afterEnd,
  afterLiveLook,
  forecast,
  nextLook,
  unknownPace,
  type OpenJob,
  type Pace,
} from '../../../app/server/polling.ts';

const job = (patch: Partial<OpenJob> = {}): OpenJob => ({
  sort: 'x',
  submittedAt: 0,
  ahead: 0,
  lookedAt: null,
  queuedAt: null,
  workingAt: null,
  jitter: 0,
  ...patch,
});

describe('forecast', () => {
  it('knows no end before the first job has ended', () => {
    expect(forecast([job({ submittedAt: 5 })], unknownPace)).toEqual([{ start: 5, end: null }]);
  });

  it('lets each job wait for a free hand', () => {
    const pace: Pace = { durations: { x: 100 }, width: 2, proven: 1, ends: [] };
    const open = [0, 10, 20, 30].map((submittedAt) => job({ submittedAt }));
    expect(forecast(open, pace)).toEqual([
      { start: 0, end: 100 },
      { start: 10, end: 110 },
      { start: 100, end: 200 },
      { start: 110, end: 210 },
    ]);
  });

  it('believes what was seen more than what was reckoned', () => {
    const pace: Pace = { durations: { x: 100 }, width: 1, proven: 1, ends: [] };
    const open = [job(), job({ submittedAt: 1, workingAt: 40 }), job({ submittedAt: 2, queuedAt: 300 })];
    expect(forecast(open, pace).map(({ start }) => start)).toEqual([0, 40, 300]);
  });
});

describe('next look', () => {
  it('comes right after the expected end, and then at growing intervals', () => {
    const expected = { start: 0, end: 40_000 };
    const options = { isOldest: false, now: 0 };
    const looks: number[] = [];
    let lookedAt: number | null = null;
    for (let i = 0; i < 6; i++) {
      lookedAt = nextLook(job({ lookedAt }), expected, options);
      looks.push(Math.round(lookedAt));
    }
    expect(looks).toEqual([40_400, 41_480, 42_560, 43_640, 44_720, 45_800]);
  });

  it('comes often to a young job of which nobody knows how long it takes, also behind an older one that hangs', () => {
    const looks: number[] = [];
    let lookedAt: number | null = null;
    for (let i = 0; i < 7; i++) {
      lookedAt = nextLook(job({ lookedAt, jitter: 0.5 }), { start: 0, end: null }, { isOldest: false, now: 0 });
      looks.push(Math.round(lookedAt));
    }
    expect(looks).toEqual([1000, 2000, 3000, 4500, 6750, 10_125, 15_188]);
  });

  it('never waits for more than ten seconds once a job is overdue', () => {
    const late = nextLook(job({ lookedAt: 900_000 }), { start: 0, end: 1000 }, { isOldest: false, now: 0 });
    expect(late).toBe(909_000);
  });
});

/** A service with so many hands, worked by a client with so many jobs in flight; all on reckoned time. */
function simulate(options: {
  jobs: number;
  inFlight: number;
  hands: number;
  duration: (i: number) => number;
  roundTrip: number;
}) {
  const { jobs, inFlight, hands, duration, roundTrip } = options;
  const random = randomNumbers(7);
  const handFree = Array.from({ length: hands }, () => 0);
  type Simulated = OpenJob & { startsAt: number; endsAt: number };
  let open: Simulated[] = [];
  let pace = unknownPace;
  let requests = 0;
  let begun = 0;
  let now = 0;
  let lastEnd = 0;

  const submit = () => {
    requests++;
    const arrives = now + roundTrip / 2;
    const hand = handFree.indexOf(Math.min(...handFree));
    const startsAt = Math.max(arrives, handFree[hand] ?? 0);
    const endsAt = startsAt + duration(begun++);
    handFree[hand] = endsAt;
    open.push({ ...job({ submittedAt: now + roundTrip, ahead: open.length, jitter: random() }), startsAt, endsAt });
  };
  while (begun < jobs || open.length > 0) {
    while (begun < jobs && open.length < inFlight) submit();
    const expected = forecast(open, pace);
    const looks = open.map((one, i) =>
      nextLook(one, expected[i] ?? { start: 0, end: null }, { isOldest: i === 0, now }),
    );
    const i = looks.indexOf(Math.min(...looks));
    const [one, planned] = [open[i], expected[i]];
    if (!one || !planned) break;
    now = Math.max(now, looks[i] ?? 0);
    requests++;
    const asked = now + roundTrip / 2;
    const at = now + roundTrip;
    if (asked >= one.endsAt) {
      pace = afterEnd(pace, one, { at, failed: false, forecast: planned });
      open = open.filter((other) => other !== one);
      lastEnd = at;
    } else {
      const waits = asked < one.startsAt;
      pace = afterLiveLook(pace, one, { at, waits, forecast: planned });
      one.lookedAt = at;
      one.jitter = random();
      if (waits) one.queuedAt = at;
      else one.workingAt ??= at;
    }
  }
  const work = Array.from({ length: jobs }, (_, n) => duration(n)).reduce((sum, ms) => sum + ms, 0);
  return { makespan: lastEnd / (work / hands), perJob: requests / jobs, pace };
}

/** Park and Miller's generator: the same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

describe('a sweep on reckoned time', () => {
  const sweep = { jobs: 200, hands: 8, roundTrip: 2, duration: () => 300 };

  it('is within 1 % of the ideal with 3.3 requests per job, with a little more in flight than is worked on', () => {
    const { makespan, perJob } = simulate({ ...sweep, inFlight: 10 });
    expect(makespan).toBeLessThan(1.01);
    expect(perJob).toBeLessThan(3.3);
  });

  it('is within 3 % with 5 requests per job where the two only match, or where much waits at the service', () => {
    for (const inFlight of [8, 16, 64]) {
      const { makespan, perJob } = simulate({ ...sweep, inFlight });
      expect(makespan).toBeLessThan(1.03);
      expect(perJob).toBeLessThan(5);
    }
  });

  it('holds with edits of 30 to 120 seconds, all different', () => {
    const random = randomNumbers(3);
    const durations = Array.from({ length: 60 }, () => 30_000 + 90_000 * random());
    const duration = (i: number) => durations[i] ?? 0;
    const { makespan, perJob } = simulate({ jobs: 60, hands: 4, inFlight: 4, roundTrip: 200, duration });
    expect(makespan).toBeLessThan(1.2);
    // Official nodes look every 5 seconds: 15 times in the mean.
    expect(perJob).toBeLessThan(18);
  });

  it('notices that the service has become much faster, and much slower', () => {
    const faster = simulate({
      jobs: 60,
      hands: 2,
      inFlight: 3,
      roundTrip: 2,
      duration: (i) => (i < 20 ? 20_000 : 200),
    });
    expect(faster.pace.durations.x).toBeLessThan(260);
    const slower = simulate({
      jobs: 60,
      hands: 2,
      inFlight: 3,
      roundTrip: 2,
      duration: (i) => (i < 20 ? 200 : 20_000),
    });
    expect(slower.perJob).toBeLessThan(25);
    expect(slower.makespan).toBeLessThan(1.1);
  });
});
