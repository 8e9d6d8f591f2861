import { homedir, userInfo } from 'node:os';

export type Clean = (text: string) => string;

interface PrivateOptions {
  /** Token, passwords: not to be seen in any form. */
  secrets: () => (string | null | undefined)[];
  /** File names below it are made of prompts. */
  outputsFolder: string;
  /** Addresses of pictures, too: only for whoever asked for it. */
  withAddresses?: boolean;
}

/** Takes out of a text for the log what is nobody's business: token, prompts in file names, addresses of pictures. */
export function createCleaner({ secrets, outputsFolder, withAddresses = false }: PrivateOptions): Clean {
  const outputs = new RegExp(`${escaped(outputsFolder)}[/\\\\].*?(?= could not| lies outside|["'\\n]|$)`, 'g');
  return (text) => {
    const clean = secrets().reduce<string>(withoutSecret, text).replace(outputs, '<outputs>/…');
    if (withAddresses) return clean;
    return clean
      .replace(/data:[a-z]+\/[^\s"'\\]{20,}/gi, 'data:…')
      .replace(/(https?:\/\/[^\s"'/\\<>]+)\/[^\s"'\\<>]*/gi, '$1/…');
  };
}

/** For what leaves this machine: no user name either. */
export function shortenHome(text: string): string {
  const home = homedir();
  const name = userName();
  let shortened =
    home.length > 1 ? text.replaceAll(home, '~').replaceAll(JSON.stringify(home).slice(1, -1), '~') : text;
  if (name.length > 2) {
    const inPath = new RegExp(`([/\\\\](?:home|Users)[/\\\\]+)${escaped(name)}(?=[/\\\\"'\\s]|$)`, 'gi');
    shortened = shortened.replace(inPath, '$1…');
  }
  return shortened;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** In the forms in which a request, a log or an error may carry it. */
function withoutSecret(text: string, secret: string | null | undefined): string {
  // A secret of a few letters would be found in ordinary words.
  if (!secret || secret.length < 8) return text;
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...[secret, `Bearer ${secret}`].flatMap((form) => [
      Buffer.from(form).toString('base64').replace(/=+$/, ''),
      Buffer.from(form).toString('base64url'),
      Buffer.from(form).toString('hex'),
    ]),
  ];
  return forms.reduce((clean, form) => clean.replaceAll(form, '…'), text);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
