import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { listen } from './listen.ts';
import { openServer, type OpenServer, type ServerOptions } from './open-server.ts';

export interface RunningServer extends OpenServer {
  url: string;
}

/** Opens the server and lets it answer on its port. What is asked before all is open waits for that moment. */
export async function serve(options: Omit<ServerOptions, 'port'>): Promise<RunningServer> {
  let answer: ReturnType<typeof getRequestListener> | null = null;
  const early: Parameters<ReturnType<typeof getRequestListener>>[] = [];
  const socket = createServer((request, response) => {
    if (answer) void answer(request, response);
    else early.push([request, response]);
  });
  // The port comes first: with PORT=0 the system chooses it, and our own address stands in what we answer.
  const port = await listen(socket, options.environment.port);

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
      url: `http://127.0.0.1:${port}`,
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
