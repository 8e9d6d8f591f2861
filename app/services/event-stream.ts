/** What comes from the server's event stream; also what tabs tell each other of it. */
export type StreamMessage =
  | { type: 'jobs'; id: string; text: string }
  /** Everything up to `id` was told. */
  | { type: 'at'; id: string }
  | { type: 'online'; online: boolean };

/**
 * The server's one event stream. The browser reconnects by itself and says where it stopped (`Last-Event-ID`), so no
 * change is missed over a restart of the server.
 */
export function openStream(options: {
  url: string;
  /** The id of the last event that was seen. */
  after: string | undefined;
  tell: (message: StreamMessage) => void;
}): { close: () => void } {
  const { url, tell } = options;
  let lastId = options.after;
  let source = open();
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(): EventSource {
    const stream = new EventSource(lastId === undefined ? url : `${url}?after=${lastId}`);
    stream.addEventListener('hello', ({ lastEventId: id }) => tell({ type: 'at', id: (lastId = id) }));
    stream.addEventListener('jobs', ({ lastEventId: id, data }) =>
      tell({ type: 'jobs', id: (lastId = id), text: data as string }),
    );
    stream.addEventListener('open', () => tell({ type: 'online', online: true }));
    stream.addEventListener('error', () => {
      tell({ type: 'online', online: false });
      // A refused connection (a proxy's 502, say) ends an EventSource for good: begin a new one where this one stopped.
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(() => (source = open()), 1000);
    });
    return stream;
  }

  return {
    close() {
      clearTimeout(retry);
      source.close();
    },
  };
}
