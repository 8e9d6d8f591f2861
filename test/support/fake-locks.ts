/** The locks of one browser as the Web Locks API gives them: shared ones beside each other, in the order they are asked for. */
export function fakeLocks() {
  type Ask = { readonly mode: LockMode; readonly grant: () => void };
  const holders = new Map<string, LockMode[]>();
  const lines = new Map<string, Ask[]>();

  const fits = (name: string, mode: LockMode): boolean => {
    const held = holders.get(name) ?? [];
    return held.length === 0 || (mode === 'shared' && held.every((one) => one === 'shared'));
  };

  function serve(name: string): void {
    const line = lines.get(name) ?? [];
    while (line[0] && fits(name, line[0].mode)) line.shift()!.grant();
  }

  async function hold(name: string, mode: LockMode, work: (lock: Lock | null) => unknown): Promise<unknown> {
    const held = holders.get(name) ?? [];
    holders.set(name, [...held, mode]);
    try {
      return await work({ name, mode });
    } finally {
      const left = [...holders.get(name)!];
      left.splice(left.indexOf(mode), 1);
      holders.set(name, left);
      serve(name);
    }
  }

  /** One tab's way to them. */
  const request = async (name: string, options: LockOptions, work: (lock: Lock | null) => unknown) => {
    await Promise.resolve();
    const { mode = 'exclusive', ifAvailable = false } = options;
    const line = lines.get(name) ?? [];
    lines.set(name, line);
    if (fits(name, mode) && line.length === 0) return hold(name, mode, work);
    if (ifAvailable) return work(null);
    return new Promise((resolve, reject) => {
      line.push({ mode, grant: () => void hold(name, mode, work).then(resolve, reject) });
    });
  };
  return {
    locks: { request } as Pick<LockManager, 'request'>,
    held: () => [...holders].flatMap(([name, modes]) => (modes.length > 0 ? [name] : [])),
  };
}
