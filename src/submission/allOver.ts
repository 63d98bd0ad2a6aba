/**
 * Waits until all are over, so that nothing goes on in the background of a failure.
 * @throws what the first of them that failed was rejected with
 */
export async function allOver<Result>(works: readonly Promise<Result>[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const outcome of await Promise.allSettled(works)) {
    if (outcome.status === "rejected") throw outcome.reason;
    results.push(outcome.value);
  }
  return results;
}
