import { afterEnd, afterLiveLook, forecast, unknownPace, type Forecast, type OpenJob, type Pace } from './polling.ts';

export type Expected = { forecast: Forecast; isOldest: boolean };

/** What was learnt of the speed of each edit service. `open` is always all jobs that are open at one service. */
export function createPaces<Job extends OpenJob & { service: string }>() {
  const paces = new Map<string, Pace>();
  const paceOf = (service: string): Pace => paces.get(service) ?? unknownPace;

  /** Made together, because each job has to wait for those before it. */
  function forecasts(open: readonly Job[]): Map<Job, Expected> {
    const jobs = open.toSorted((a, b) => a.submittedAt - b.submittedAt);
    const expected = forecast(jobs, paceOf(jobs[0]?.service ?? ''));
    const sorts = new Set<string>();
    return new Map(
      jobs.map((job, i) => {
        const isOldest = !sorts.has(job.sort);
        sorts.add(job.sort);
        return [job, { forecast: expected[i] as Forecast, isOldest }];
      }),
    );
  }

  return {
    forecasts,

    learnLive(job: Job, { open, at, waits }: { open: readonly Job[]; at: number; waits: boolean }): void {
      const expected = forecasts(open).get(job)?.forecast;
      if (expected) paces.set(job.service, afterLiveLook(paceOf(job.service), job, { at, waits, forecast: expected }));
    },

    /** The system's clock was set back by so much. */
    moveBack(by: number): void {
      for (const [service, pace] of paces) paces.set(service, { ...pace, ends: pace.ends.map((end) => end - by) });
    },

    learnEnd(job: Job, { open, at, failed }: { open: readonly Job[]; at: number; failed: boolean }): void {
      const expected = forecasts(open).get(job)?.forecast;
      if (expected) paces.set(job.service, afterEnd(paceOf(job.service), job, { at, failed, forecast: expected }));
    },
  };
}
