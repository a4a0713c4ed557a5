/** Exits 0 when one of the addresses given answers with a 2xx, for a container that has no curl. */
const answers = await Promise.allSettled(
  process.argv.slice(2).map(async (url) => {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(4000) });
    if (!ok) throw new Error(`${url} answered ${status}`);
  }),
);
process.exit(answers.some(({ status }) => status === 'fulfilled') ? 0 : 1);
