import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartRefused } from './environment.ts';
import { errorCode } from './write-file.ts';

/** Answers with the port: the one that was asked for, or a free one for 0. */
export function listen(server: Server, port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(sentenceFor(error, port, host)));
    server.listen({ port, host: host.replace(/^\[|\]$/g, '') }, () => resolve((server.address() as AddressInfo).port));
  });
}

function sentenceFor(error: Error, port: number, host: string): Error {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') {
    return new StartRefused(
      `Port ${port} is in use, perhaps by another Editloom. Close that program, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES')
    return new StartRefused(`Port ${port} may not be used. Choose one above 1024: PORT=5174 npm start`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartRefused(`This machine has no address ${host}. Set HOST to one of its own, or to 0.0.0.0 for all.`);
  }
  return error;
}
