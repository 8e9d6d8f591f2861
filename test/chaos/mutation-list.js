/** Each text must be in the source exactly once: a rule that is kept by other words by now needs another way to break it. */
export const mutations = [
  {
    rule: 'M1',
    how: 'a key that is being made is sent again when it is asked for again',
    file: 'app/server/job-decisions.ts',
    from: 'if (isSurelyUnmade(job)) return queueAgain(job);',
    to: "if (status !== 'done' && status !== 'queued') return queueAgain(job);",
  },
  {
    rule: 'M3',
    how: 'a request without a clear answer is sent once more',
    file: 'app/server/job-submissions.ts',
    from: "if (error.accepted === 'unknown') {",
    to: "if (error.accepted === 'unknown') {\n      putBack(key, error, sentAt);\n    } else if (error.accepted === 'unknown') {",
  },
  {
    rule: 'M5',
    how: 'a request is followed before its id is written down',
    file: 'app/server/job-submissions.ts',
    from: 'const written = await insist(',
    to: `onSubmitted({ ...ledger.get(key)!, ...submitted });
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const written = await insist(`,
  },
  {
    rule: 'M7',
    how: 'what was fetched is kept without a look at it',
    file: 'app/server/pictures.ts',
    from: 'addResult: async (bytes) => store(bytes, await verifyPicture(bytes)),',
    to: `addResult: async (bytes) =>
      store(bytes, { sniffed: 'image/png', width: 8, height: 8, orientation: 1, largeThumbnail: bytes }),`,
  },
];
