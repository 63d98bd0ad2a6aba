import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import { recogniseRoot } from "../vatReturn/documentType.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Input } from "./inputs.ts";

/** Most root elements stand among the first bytes, nearly all among the others; only a very long comment is longer. */
const headLengths: readonly number[] = [2048, 16_384];

/**
 * Reads the bytes to judge.
 * @returns null where the file was found rather than named, and is none of the documents judged here
 * @throws what the file system throws; an AbortError once the signal is given
 */
export async function readInput({ file, explicit }: Input, signal: AbortSignal): Promise<Uint8Array | null> {
  if (file === "-") return buffer(addAbortSignal(signal, process.stdin));
  // What is named may be a pipe, for which one has to wait; what is found are plain files, quickest read at once.
  return explicit ? readFile(file, { signal }) : readFound(file);
}

function readFound(file: string): Buffer | null {
  const descriptor = openSync(file, "r");
  try {
    let read = Buffer.alloc(0);
    let recognised = false;
    for (const length of headLengths) {
      read = Buffer.concat([read, readUpTo(descriptor, length - read.length)]);
      const isWhole = read.length < length;
      const ours = isOurs(read);
      if (ours === false || (ours === null && isWhole)) return null;
      if (isWhole) return read;
      recognised = ours === true;
      if (recognised) break;
    }
    const whole = Buffer.concat([read, readFileSync(descriptor)]);
    return recognised || isOurs(whole) === true ? whole : null;
  } finally {
    closeSync(descriptor);
  }
}

function readUpTo(descriptor: number, length: number): Buffer {
  const space = Buffer.allocUnsafe(length);
  return space.subarray(0, readSync(descriptor, space, 0, length, null));
}

/** null: the bytes end before the root element's start tag does. What is broken after that does no harm here. */
export function isOurs(bytes: Buffer): boolean | null {
  // Names and namespaces are ASCII, so that this is decoding enough, wherever the bytes were cut.
  const text = bytes.toString("latin1").replaceAll("\0", "").replace(byteOrderMark, "");
  const { root } = parseXml(text);
  if (root === null) return null;
  if (recogniseRoot(root).documentType !== null) return true;
  return root.startTag.end === text.length ? null : false;
}

const byteOrderMark = /^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/;
