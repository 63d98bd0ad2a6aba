import { open, readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { recogniseRoot } from "../vatReturn/documentType.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Input } from "./inputs.ts";

/** The root element stands among these bytes, unless a very long comment goes before it. */
const headLength = 16_384;

/**
 * Reads the bytes to judge.
 * @returns null where the file was found rather than named, and is none of the documents judged here
 * @throws what the file system throws; an AbortError once the signal is given
 */
export async function readInput({ file, explicit }: Input, signal: AbortSignal): Promise<Uint8Array | null> {
  if (file === "-") return buffer(addAbortSignal(signal, process.stdin));
  if (explicit) return readFile(file, { signal });
  const handle = await open(file);
  try {
    const { buffer: space, bytesRead } = await handle.read(Buffer.allocUnsafe(headLength), 0, headLength, null);
    const head = space.subarray(0, bytesRead);
    const ours = isOurs(head);
    if (ours === false) return null;
    if (bytesRead < headLength) return ours === true ? head : null;
    const whole = Buffer.concat([head, await handle.readFile()]);
    return ours === true || isOurs(whole) === true ? whole : null;
  } finally {
    await handle.close();
  }
}

/** null: the bytes end before the root element's start tag does. What is broken after that does no harm here. */
function isOurs(bytes: Buffer): boolean | null {
  // Names and namespaces are ASCII, so that this is decoding enough, wherever the bytes were cut.
  const text = bytes.toString("latin1").replaceAll("\0", "").replace(byteOrderMark, "");
  const { root } = parseXml(text);
  if (root === null) return null;
  if (recogniseRoot(root).documentType !== null) return true;
  return root.startTag.end === text.length ? null : false;
}

const byteOrderMark = /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/;
