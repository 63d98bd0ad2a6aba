import { documentIdentities } from "../vatReturn/documentType.ts";
import { childNamed, childrenNamed } from "../vatReturn/navigate.ts";
import { parseXml } from "../vatReturn/scanner.ts";
import type { Text, TextRange } from "../vatReturn/text.ts";
import type { VatReturn } from "../vatReturn/vatReturn.ts";
import type { XmlElement } from "../vatReturn/xml.ts";
import { listedFile, splitFileName } from "./envelope.ts";

/** Something in a user's own envelope that the app would refuse together with this return and these files. */
export interface EnvelopeProblem {
  readonly code:
    "organisation-differs" | "category-differs" | "period-differs" | "files-differ" | "duplicate-file" | "unreadable";
  readonly text: Text;
  /** In the envelope's text. */
  readonly range: TextRange;
}

/**
 * Checks an envelope against what goes with it, for everything that the app checks when the filling in is completed:
 * organisation number, category, period, the list of attachments, unique names. The schema is checked elsewhere.
 * @param attachmentNames with extensions, as they will be uploaded.
 */
export function checkEnvelope(
  envelope: string,
  vatReturn: VatReturn,
  attachmentNames: readonly string[],
): readonly EnvelopeProblem[] {
  const root = parseXml(envelope).root;
  if (root === null || root.localName !== documentIdentities.envelope.rootName) {
    return [
      {
        code: "unreadable",
        range: { start: 0, end: 0 },
        text: {
          en: `This is no envelope: the root element must be ${documentIdentities.envelope.rootName}.`,
          nb: `Dette er ingen konvolutt: rotelementet må være ${documentIdentities.envelope.rootName}.`,
        },
      },
    ];
  }
  return [
    ...checkValue(
      root,
      "organisation-differs",
      ["norskIdentifikator", "organisasjonsnummer"],
      vatReturn.organisasjonsnummer?.text,
      {
        en: "organisation number",
        nb: "organisasjonsnummer",
      },
    ),
    ...checkValue(root, "category-differs", ["meldingskategori"], vatReturn.meldingskategori?.text, {
      en: "category",
      nb: "meldingskategori",
    }),
    ...checkPeriod(root, vatReturn),
    ...checkFiles(root, attachmentNames),
  ];
}

function checkValue(
  root: XmlElement,
  code: EnvelopeProblem["code"],
  path: readonly string[],
  expected: string | undefined,
  what: Text,
): EnvelopeProblem[] {
  const element = descend(root, path);
  const found = element?.text.trim() ?? "";
  const wanted = expected?.trim() ?? "";
  if (found === wanted) return [];
  return [
    {
      code,
      range: element?.valueRange ?? root.nameRange,
      text: {
        en: `The envelope's ${what.en} is "${found}", the return's is "${wanted}"; the app refuses that.`,
        nb: `Konvoluttens ${what.nb} er «${found}», meldingens er «${wanted}»; det avviser appen.`,
      },
    },
  ];
}

function checkPeriod(root: XmlElement, vatReturn: VatReturn): EnvelopeProblem[] {
  const own = periodText(descend(root, ["skattleggingsperiode"]));
  const other = periodText(vatReturn.skattleggingsperiode);
  if (own === other) return [];
  return [
    {
      code: "period-differs",
      range: descend(root, ["skattleggingsperiode"])?.range ?? root.nameRange,
      text: {
        en: `The envelope is for ${own}, the return for ${other}; the app refuses that.`,
        nb: `Konvolutten gjelder ${own}, meldingen ${other}; det avviser appen.`,
      },
    },
  ];
}

function periodText(period: XmlElement | null): string {
  const kind = period === null ? null : (childNamed(period, "periode")?.children[0] ?? null);
  const year = period === null ? "" : (childNamed(period, "aar")?.text.trim() ?? "");
  return `${kind?.text.trim() ?? "?"} ${year} (${kind?.localName ?? "?"})`;
}

function checkFiles(root: XmlElement, attachmentNames: readonly string[]): EnvelopeProblem[] {
  const problems: EnvelopeProblem[] = [];
  const seen = new Set<string>();
  const listed: string[] = [];
  for (const entry of childrenNamed(root, "vedlegg")) {
    const file = childNamed(entry, "vedleggsfil");
    const whole = listedFile(entry);
    if (seen.has(whole)) {
      problems.push({
        code: "duplicate-file",
        range: file?.range ?? entry.range,
        text: {
          en: `${whole} is listed twice; names must be unique in a submission.`,
          nb: `${whole} er oppført to ganger; navnene må være unike i en innsending.`,
        },
      });
    }
    seen.add(whole);
    if (textOf(entry, "vedleggstype") !== "mva-melding") listed.push(whole);
  }
  const uploaded = attachmentNames.map((name) => {
    const split = splitFileName(name);
    return split.extension === "" ? split.name : `${split.name}.${split.extension}`;
  });
  const missing = uploaded.filter((name) => !listed.includes(name));
  const surplus = listed.filter((name) => !uploaded.includes(name));
  if (missing.length > 0 || surplus.length > 0) {
    const list = (names: readonly string[]): string => (names.length === 0 ? "–" : names.join(", "));
    problems.push({
      code: "files-differ",
      range: childrenNamed(root, "vedlegg")[0]?.range ?? root.nameRange,
      text: {
        en: `The envelope must list exactly the attachments sent with it. Not listed: ${list(missing)}. Listed but not sent: ${list(surplus)}.`,
        nb: `Konvolutten må liste nøyaktig de vedleggene som sendes med. Ikke oppført: ${list(missing)}. Oppført, men ikke sendt: ${list(surplus)}.`,
      },
    });
  }
  return problems;
}

function descend(root: XmlElement, path: readonly string[]): XmlElement | null {
  return path.reduce<XmlElement | null>((element, name) => (element === null ? null : childNamed(element, name)), root);
}

function textOf(parent: XmlElement | null, name: string): string {
  return parent === null ? "" : (childNamed(parent, name)?.text.trim() ?? "");
}
