import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { listen } from './listen.ts';
import { openServer, type OpenServer, type ServerOptions } from './open-server.ts';

export interface RunningServer extends OpenServer {
  url: string;
}

/** Whoever opens connections without asking anything, or asks one letter a minute, is shown the door. */
export interface SocketLimits {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
  maxHeaderSize: number;
  maxConnections: number;
}

export const socketLimits: SocketLimits = {
  headersTimeout: 20_000,
  // A picture of 50 MB over a slow line.
  requestTimeout: 300_000,
  connectionsCheckingInterval: 10_000,
  maxHeaderSize: 16_384,
  maxConnections: 1000,
};

/** Opens the server and lets it answer on its port. What is asked before all is open waits for that moment. */
export async function serve(
  options: Omit<ServerOptions, 'port'>,
  limits: SocketLimits = socketLimits,
): Promise<RunningServer> {
  let answer: ReturnType<typeof getRequestListener> | null = null;
  const early: Parameters<ReturnType<typeof getRequestListener>>[] = [];
  const socket = createServer(limits, (request, response) => {
    if (answer) void answer(request, response);
    else early.push([request, response]);
  });
  socket.maxConnections = limits.maxConnections;
  const { host } = options.environment;
  // The port comes first: with PORT=0 the system chooses it, and our own address stands in what we answer.
  const port = await listen(socket, options.environment.port, host === 'localhost' ? '127.0.0.1' : host);

  const closeSocket = () => {
    socket.close();
    // Event streams never end by themselves.
    socket.closeAllConnections();
  };
  try {
    const server = await openServer({ ...options, port });
    answer = getRequestListener(server.app.fetch, { overrideGlobalObjects: false });
    for (const [request, response] of early.splice(0)) void answer(request, response);
    return {
      ...server,
      url: `http://${nameOf(host)}:${port}`,
      async close() {
        closeSocket();
        await server.close();
      },
    };
  } catch (error) {
    closeSocket();
    throw error;
  }
}

/** Something that can be opened in a browser: 0.0.0.0 is all addresses and none. */
function nameOf(host: string): string {
  if (['localhost', '0.0.0.0', '::', '[::]'].includes(host)) return '127.0.0.1';
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
