/** Says how much a test has gone through, where the reader of its output sees it. */
export function sayCount(text: string): void {
  process.stdout.write(`      ${text}\n`);
}
