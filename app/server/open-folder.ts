import { spawn } from 'node:child_process';
import { HttpError } from './http-error.ts';

/** Shows a folder in the system's file manager. */
export function openFolder(folder: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer' : 'xdg-open';
  return new Promise((resolve, reject) => {
    const child = spawn(command, [folder], {
      stdio: 'ignore',
      detached: true,
      env: withoutSecretVariables(process.env),
    });
    child.once('error', () => {
      const sentence = `The folder could not be opened: there is no ${command} on this machine. Its path is ${folder}`;
      reject(new HttpError(501, 'no-file-manager', sentence));
    });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** The file manager, and all that is ever started from it, has no use for our token and password. */
export function withoutSecretVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isSecret = (name: string) => /^(RUNCOMFY_|EDITLOOM_PASSWORD$|EDITLOOM_S3_)/i.test(name);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !isSecret(name)));
}
