/** How the edit service behaves in an hour of the day. */
export type Weather = 'fine' | 'slow' | 'gone' | 'busy' | 'broken' | 'no-results' | 'hangs';

type Request = { prompt: string; startsAt: number; endsAt: number; fails: boolean; cancelled: boolean };

const minute = 60_000;
const hands = 4;

/**
 * A service that works on four edits at once and goes through good and bad hours; on reckoned time. It answers as
 * RunComfy does, and counts what it is asked.
 */
export function dayService(options: {
  now: () => number;
  hour: () => number;
  /** The weather of each hour. */
  sky: readonly Weather[];
  random: () => number;
  picture: Uint8Array;
}) {
  const { now, hour, random, picture } = options;
  const weather = (): Weather => options.sky[hour()]!;
  const requests = new Map<string, Request>();
  const free = Array.from({ length: hands }, () => 0);
  /** How often it was asked, by the hour, and by what. */
  const asked = new Map<string, number>();
  const askedFor = (what: string): void => void asked.set(what, (asked.get(what) ?? 0) + 1);
  const submitted = new Map<string, number>();
  let hangs = true;

  function begin(prompt: string): string {
    const id = `request-${requests.size + 1}`;
    submitted.set(prompt, (submitted.get(prompt) ?? 0) + 1);
    const isHung = weather() === 'hangs' && random() < 0.2;
    const takesMs = weather() === 'slow' ? (20 + random() * 30) * minute : (40 + random() * 80) * 1000;
    const hand = free.indexOf(Math.min(...free));
    const startsAt = Math.max(now(), free[hand] ?? 0);
    const endsAt = isHung ? Infinity : startsAt + takesMs;
    if (!isHung) free[hand] = endsAt;
    requests.set(id, { prompt, startsAt, endsAt, fails: random() < 0.03, cancelled: false });
    return id;
  }

  function stateOf(request: Request) {
    if (request.cancelled) return { status: 'cancelled' };
    if (now() < request.startsAt) return { status: 'in_queue', queue_position: 2 };
    if (now() < request.endsAt && (hangs || request.endsAt < Infinity)) return { status: 'in_progress' };
    if (request.fails) return { status: 'failed', error: 'It could not be made' };
    return { status: 'succeeded', output: { image: 'https://files.runcomfy.net/result.png' } };
  }

  async function send(request: globalThis.Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const isSubmission = path.startsWith('/v1/models/');
    const sky = weather();
    askedFor(`hour ${hour()}`);
    if (!isSubmission) askedFor(`${path.split('/')[3]} in hour ${hour()}`);
    if (sky === 'gone') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    if (sky === 'busy' && random() < 0.5)
      return Response.json({ detail: 'Too many' }, { status: 429, headers: { 'retry-after': '30' } });
    if (sky === 'broken' && !isSubmission && random() < 0.7) return new Response('<html>502</html>', { status: 502 });
    if (isSubmission) {
      const { prompt } = (await request.json()) as { prompt: string };
      const id = begin(prompt);
      // Taken, but the answer never arrives.
      if (sky === 'broken' && random() < 0.1) throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
      return Response.json({ request_id: id });
    }
    const [, , , id = '', what] = path.split('/');
    const known = requests.get(id);
    if (!known) return Response.json({ detail: 'Unknown' }, { status: 404 });
    if (what === 'cancel') {
      if (now() >= known.startsAt) return Response.json({ status: 'not_cancellable' }, { status: 202 });
      known.cancelled = true;
      return Response.json({ status: 'cancelled' }, { status: 202 });
    }
    return Response.json(stateOf(known));
  }

  return {
    send,
    asked: (what: string): number => asked.get(what) ?? 0,
    /** The most that any request was asked about in this hour: of all, or of those that hang. */
    mostAskedAbout(at: number, { hung = false } = {}): number {
      const ids = [...requests].flatMap(([id, { endsAt }]) => (!hung || endsAt === Infinity ? [id] : []));
      return Math.max(0, ...ids.map((id) => asked.get(`${id} in hour ${at}`) ?? 0));
    },
    submitted,
    /** The prompts of all that it has made. */
    made: (): string[] =>
      [...requests.values()].flatMap((one) => (stateOf(one).status === 'succeeded' ? [one.prompt] : [])),
    fetchResult: async (): Promise<Uint8Array> => {
      askedFor(`hour ${hour()}`);
      if (weather() === 'no-results') throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      return picture;
    },
    /** What hung is finished after all. */
    letGo: () => void (hangs = false),
  };
}
