/**
 * Aborts on the first Ctrl-C (or request to terminate), so that the report can be ended properly; a second one ends
 * the process at once.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
