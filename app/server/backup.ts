import { readEnvironment, StartRefused } from './environment.ts';
import { makeBackup } from './durable/make-backup.ts';
import { StorageError } from './write-file.ts';

/** `npm run backup -- [folder]`: may be done while Editloom runs. */
async function main(): Promise<void> {
  const { dataFolder, outputsFolder } = readEnvironment(process.env);
  const target = process.argv[2] ?? `${dataFolder}-backups`;
  const { folder, lines, problems } = await makeBackup({ dataFolder, outputsFolder, target, now: () => new Date() });
  for (const line of lines) console.log(line);
  for (const problem of problems) console.error(problem);
  console.log(`The backup is in ${folder}. The token is not in it.`);
  if (problems.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  const isExpected = error instanceof StartRefused || error instanceof StorageError;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
});
