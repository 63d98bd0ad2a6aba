import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Journal } from "./journal.ts";

/** Whether something is begun at Altinn, or may be, that somebody here has to go on with. */
export function isUnfinished({ state, intent, goal }: Journal): boolean {
  switch (state) {
    case "prepared":
      return intent !== null;
    case "open":
    case "waiting":
      return true;
    case "readyToSign":
      // Filled in for somebody else to sign: done, as far as this person is concerned.
      return goal === "submit";
    case "finished":
    case "abandoned":
      return false;
  }
}

/** More journals than this are not looked into for a mere hint. */
const lookedInto = 100;

/**
 * Whether a state folder may hold an unfinished submission. Reads no more than the journals' text, so that it can be
 * asked at the start of every window.
 * @param home the state folder, see `stateFolder`
 */
export async function mayHoldUnfinished(home: string): Promise<boolean> {
  const root = join(home, "submissions");
  const names = await readdir(root).catch(() => []);
  for (const name of names.sort().toReversed().slice(0, lookedInto)) {
    const text = await readFile(join(root, name, "journal.json"), "utf8").catch(() => "");
    if (/^ {2}"state": "(?:prepared|open|readyToSign|waiting)"/m.test(text)) return true;
  }
  return false;
}
