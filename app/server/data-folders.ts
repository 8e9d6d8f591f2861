import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from './environment.ts';
import { unfinishedOutputs } from './outputs.ts';
import { removeUnfinished } from './write-file.ts';

/** The folders of pictures and graphs, without what an earlier process could not finish writing. */
export async function openFolders({ dataFolder, outputsFolder }: { dataFolder: string; outputsFolder: string }) {
  makeFolder(outputsFolder);
  const picturesFolder = join(dataFolder, 'pictures');
  const graphsFolder = join(dataFolder, 'graphs');
  for (const folder of [
    dataFolder,
    join(picturesFolder, 'unfinished'),
    join(graphsFolder, 'unfinished'),
    unfinishedOutputs(outputsFolder),
  ]) {
    await removeUnfinished(folder);
  }
  return { picturesFolder, graphsFolder };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StartRefused(
      `The outputs folder ${folder} cannot be made (${String(error)}). Choose another with EDITLOOM_OUTPUTS.`,
    );
  }
}
