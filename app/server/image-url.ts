import { AwsClient } from 'aws4fetch';
import type { Artifact } from '../../graphs/artifact.ts';
import type { BucketSettings } from './environment.ts';
import type { PictureStore } from './pictures.ts';
import { RemoteError } from './remote-errors.ts';

/** Official clients send pictures up to this size inside the request; what the service itself would take is not documented. */
export const maxDataUriBytes = 6 * 1024 * 1024;

const linkLifeSeconds = 24 * 60 * 60;

interface ImageUrlOptions {
  pictures: Pick<PictureStore, 'artifact' | 'read'>;
  /** Where this service itself put the picture not long ago. */
  resultAddress: (sha256: string) => string | null;
  bucket: BucketSettings | null;
  /** Whether the service may be told of this address at all. */
  mayHoldResults: (url: string) => boolean;
  send: (request: Request) => Promise<Response>;
}

/**
 * Finds an address under which a remote edit service can get one of our pictures: where that service put it itself,
 * else inside the request, else in the user's own bucket.
 */
export function createImageUrl(options: ImageUrlOptions) {
  return async (sha256: string, signal: AbortSignal): Promise<string> => {
    const artifact = await options.pictures.artifact(sha256);
    if (!artifact) throw missingPicture();
    const known = await resultAddress(artifact, options, signal);
    if (known) return known;
    const bytes = await options.pictures.read(sha256);
    if (!bytes) throw missingPicture();
    if (bytes.length <= maxDataUriBytes) {
      return `data:${artifact.mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
    }
    if (options.bucket) return putIntoBucket(artifact, bytes, options.bucket, options, signal);
    throw new RemoteError(
      'input-too-large',
      'refused',
      `The picture has ${(bytes.length / 1e6).toFixed(1)} MB, and pictures above ${(maxDataUriBytes / 1e6).toFixed(1)} MB can reach ` +
        'the edit service only through a storage of yours. Use a smaller picture (a JPEG is often enough), or configure an S3 bucket with ' +
        'EDITLOOM_S3_ENDPOINT, EDITLOOM_S3_BUCKET, EDITLOOM_S3_ACCESS_KEY and EDITLOOM_S3_SECRET_KEY and start Editloom again.',
    );
  };
}

/** Chains of edits need no upload: the picture may still lie where the service put it. */
async function resultAddress(
  artifact: Artifact,
  options: ImageUrlOptions,
  signal: AbortSignal,
): Promise<string | null> {
  const url = options.resultAddress(artifact.sha256);
  if (!url?.startsWith('https:') || !options.mayHoldResults(url)) return null;
  return (await isAlive(url, artifact, options.send, signal)) ? url : null;
}

async function isAlive(
  url: string,
  artifact: Artifact,
  send: ImageUrlOptions['send'],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const response = await send(new Request(url, { method: 'HEAD', redirect: 'manual', signal: limited }));
    const length = response.headers.get('content-length');
    return response.status === 200 && (length === null || Number(length) === artifact.bytes);
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Puts the picture there unless it is there already, and answers with a link that opens for a day. */
async function putIntoBucket(
  artifact: Artifact,
  bytes: Uint8Array,
  { endpoint, bucket, accessKey, secretKey, region }: BucketSettings,
  { send }: ImageUrlOptions,
  signal: AbortSignal,
): Promise<string> {
  const client = new AwsClient({ accessKeyId: accessKey, secretAccessKey: secretKey, region, service: 's3' });
  const extension = artifact.mediaType.replace('image/', '');
  const object = `${endpoint.replace(/\/+$/, '')}/${bucket}/editloom/${artifact.sha256}.${extension}`;
  const ask = async (method: string, body?: Uint8Array<ArrayBuffer>) => {
    const headers = body ? { 'content-type': artifact.mediaType } : undefined;
    return send(new Request(await client.sign(object, { method, body, headers }), { signal, redirect: 'manual' }));
  };
  const failed = (what: string, cause?: unknown) =>
    new RemoteError(
      'bucket',
      'refused',
      `The S3 bucket ${bucket} did not take the picture: ${what}. Check its settings.`,
      {
        cause,
      },
    );
  try {
    const present = await ask('HEAD');
    if (present.status !== 200) {
      const stored = await ask('PUT', new Uint8Array(bytes));
      if (stored.status !== 200) throw failed(`it answered HTTP ${stored.status}`);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof RemoteError ? error : failed('it could not be reached', error);
  }
  const link = await client.sign(`${object}?X-Amz-Expires=${linkLifeSeconds}`, {
    method: 'GET',
    aws: { signQuery: true },
  });
  return link.url;
}

const missingPicture = () =>
  new RemoteError('no-picture', 'refused', 'The picture to edit is no longer on this server. Load it again.');
