import { expect, it } from 'vitest';
import { inputUrl, startWorld } from '../../../support/job-world.ts';

it('submits once, follows the job, and is done only with the verified picture on disk [M5, M7]', async () => {
  const world = await startWorld();
  expect(world.put('orange')).toMatchObject({ status: 'queued', accepted: false, requestId: null });
  const job = await world.until('orange', 'done');
  expect(job).toMatchObject({ accepted: true, requestId: 'req_1', price: 0.04, error: null });
  expect(job.resultUrls).toEqual([`${world.service.url}/storage/req_1/output/edit.png`]);
  const [artifact] = job.artifacts;
  expect(artifact).toMatchObject({ width: 24, height: 16, mediaType: 'image/png' });
  expect((await world.pictures.read(artifact?.sha256 ?? ''))?.length).toBe(artifact?.bytes);
  expect(world.service.submissions).toEqual([{ prompt: 'orange', accepted: true }]);
  expect(world.service.jobs.get('req_1')?.input).toEqual({
    prompt: 'orange',
    image_url: inputUrl,
    negative_prompt: '',
    seed: 7,
    enable_thinking_mode: true,
    enable_reflection_mode: true,
    output_format: 'png',
  });
  expect(world.service.tokensSeenByStorage).toEqual([]);
  expect(world.bugs).toEqual([]);
});
