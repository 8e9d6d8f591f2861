// @ts-check
// Plain JavaScript, so that a worker thread can load it as it is, from the sources and beside the built server alike.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import * as ort from 'onnxruntime-web';

const side = 320;
const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];

/** @type {Promise<ort.InferenceSession> | null} */
let session = null;

async function load() {
  const bytes = await readFile(workerData.model);
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== workerData.sha256) {
    throw new Error(`Expected a model with SHA-256 ${workerData.sha256}, got ${hash}`);
  }
  ort.env.wasm.numThreads = 1; // More threads gained nothing when measured.
  ort.env.logLevel = 'error';
  return ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 3 });
}

/**
 * The subject map of a 320 × 320 RGB picture: 0..1 a pixel, before any stretching.
 * @param {Uint8Array} rgb
 */
async function subjectMap(rgb) {
  session ??= load();
  const model = await session;
  let brightest = 1;
  for (const value of rgb) if (value > brightest) brightest = value;
  const pixels = side * side;
  const input = new Float32Array(3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < pixels; i++) {
      input[channel * pixels + i] =
        ((rgb[i * 3 + channel] ?? 0) / brightest - (mean[channel] ?? 0)) / (deviation[channel] ?? 1);
    }
  }
  const name = model.inputNames[0] ?? 'input.1';
  const results = await model.run({ [name]: new ort.Tensor('float32', input, [1, 3, side, side]) });
  const first = results[model.outputNames[0] ?? ''];
  if (!first) throw new Error('Expected an output of the model, got none');
  return Float32Array.from(/** @type {Float32Array} */ (first.data));
}

parentPort?.on('message', async (/** @type {{ id: number, rgb: Uint8Array }} */ { id, rgb }) => {
  try {
    const map = await subjectMap(rgb);
    parentPort?.postMessage({ id, map }, [map.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
