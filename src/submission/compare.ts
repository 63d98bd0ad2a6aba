import { dataTypes } from "../services/altinn/wire.ts";
import type { Instance } from "../services/altinn/wire.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Text } from "../vatReturn/text.ts";
import type { XmlElement } from "../vatReturn/xml.ts";
import type { ActiveRun } from "./activeRun.ts";
import { sha256 } from "./store.ts";

/**
 * Compares what the instance holds with what was sent: return and attachments byte for byte, the envelope by content,
 * because the app writes it anew.
 * @returns what differs, for people; null where nothing does.
 */
export async function compareWithSent(run: ActiveRun, instance: Instance): Promise<Text | null> {
  const { vatReturn, attachments } = run.journal;
  const different: string[] = [];
  for (const file of [vatReturn, ...attachments]) {
    const element = instance.data.find((candidate) => candidate.id === file.dataId);
    const stored = element === undefined ? null : await run.altinn.data(instance.id, element.id, run.signal);
    if (stored === null || sha256(stored) !== file.sha256) different.push(file.fileName);
  }
  const envelope = instance.data.find(({ dataType }) => dataType === dataTypes.envelope);
  const stored = envelope === undefined ? null : await run.altinn.data(instance.id, envelope.id, run.signal);
  if (stored !== null) {
    const paths = envelopeDifferences(await run.content.envelope(), new TextDecoder().decode(stored));
    if (paths.length > 0) different.push(`mvaMeldingInnsending (${paths.join(", ")})`);
  }
  if (different.length === 0) return null;
  const list = different.join(", ");
  return {
    en: `What Altinn holds differs from what was sent: ${list}. The copies of what was sent are kept with the run.`,
    nb: `Det Altinn har, er ulikt det som ble sendt: ${list}. Kopiene av det som ble sendt, er bevart.`,
  };
}

/**
 * The paths whose values differ between two envelopes. White space, prefixes, empty elements, the order of differently
 * named elements and the spelling of an instant don't count.
 */
export function envelopeDifferences(sent: string, stored: string): readonly string[] {
  const before = leavesOf(sent);
  const after = leavesOf(stored);
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Values by path; several elements of one name are told apart by their number. */
function leavesOf(text: string): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const collect = (element: XmlElement, path: string): void => {
    const counts = new Map<string, number>();
    for (const child of element.children) {
      const number = (counts.get(child.localName) ?? 0) + 1;
      counts.set(child.localName, number);
      collect(child, `${path}/${child.localName}${number === 1 ? "" : `[${number}]`}`);
    }
    const value = element.children.length > 0 ? "" : normalised(element.text);
    if (value !== "") leaves.set(path, value);
  };
  const { root } = parseXml(text);
  if (root !== null) collect(root, "");
  return leaves;
}

const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})?$/;

function normalised(value: string): string {
  const trimmed = value.trim();
  return instant.test(trimmed) && !Number.isNaN(Date.parse(trimmed)) ? new Date(trimmed).toISOString() : trimmed;
}
