import type { Text } from "../vatReturn/text.ts";

/** Most attachments, and most bytes of each, by the app's metadata as published in 2023. */
export const attachmentLimits = { count: 57, bytes: 26_214_400 } as const;

export interface AttachmentFile {
  /** Without a folder. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface CheckedAttachment extends AttachmentFile {
  readonly contentType: string;
}

/** One reason why a file can't go along. */
export interface AttachmentProblem {
  readonly fileName: string;
  readonly code:
    | "too-many"
    | "too-large"
    | "empty"
    | "no-extension"
    | "duplicate-name"
    | "extension-not-accepted"
    | "content-differs";
  readonly text: Text;
}

type Container = "pdf" | "jpeg" | "png" | "xml" | "zip" | "compound";

interface AcceptedType {
  readonly extensions: readonly string[];
  readonly contentType: string;
  readonly container: Container;
  /** Where the container is a ZIP: the `mimetype` entry's content, or the folder that an Office document has. */
  readonly inside?: string;
}

const openDocument = "application/vnd.oasis.opendocument.";
const openOffice = "application/vnd.openxmlformats-officedocument.";

/** The content types that the app accepts for attachments, and how their content is told. */
const acceptedTypes: readonly AcceptedType[] = [
  { extensions: ["pdf"], contentType: "application/pdf", container: "pdf" },
  { extensions: ["jpg", "jpeg"], contentType: "image/jpeg", container: "jpeg" },
  { extensions: ["png"], contentType: "image/png", container: "png" },
  { extensions: ["xml"], contentType: "text/xml", container: "xml" },
  ...(
    [
      ["odf", "formula"],
      ["odt", "text"],
      ["ods", "spreadsheet"],
      ["odp", "presentation"],
      ["odg", "graphics"],
    ] as const
  ).map(([extension, kind]): AcceptedType => ({
    extensions: [extension],
    contentType: openDocument + kind,
    container: "zip",
    inside: openDocument + kind,
  })),
  ...(
    [
      ["docx", "wordprocessingml.document", "word/"],
      ["xlsx", "spreadsheetml.sheet", "xl/"],
      ["pptx", "presentationml.presentation", "ppt/"],
    ] as const
  ).map(([extension, kind, inside]): AcceptedType => ({
    extensions: [extension],
    contentType: openOffice + kind,
    container: "zip",
    inside,
  })),
  { extensions: ["doc"], contentType: "application/msword", container: "compound" },
  { extensions: ["xls"], contentType: "application/vnd.ms-excel", container: "compound" },
  { extensions: ["ppt"], contentType: "application/vnd.ms-powerpoint", container: "compound" },
];

export const acceptedExtensions: readonly string[] = acceptedTypes.flatMap((type) => type.extensions);

const signatures: readonly (readonly [Container, readonly number[]])[] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["compound", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
];

/**
 * Checks picked files before anybody signs in: number, size, name, kind by extension and by real content.
 * @param otherNames names that are taken already, such as the return's.
 */
export function checkAttachments(
  files: readonly AttachmentFile[],
  otherNames: readonly string[] = [],
): { readonly attachments: readonly CheckedAttachment[]; readonly problems: readonly AttachmentProblem[] } {
  const problems: AttachmentProblem[] = [];
  const attachments: CheckedAttachment[] = [];
  const taken = new Set(otherNames.map(nameKey));
  if (files.length > attachmentLimits.count) {
    problems.push(
      problem(files[attachmentLimits.count]?.fileName ?? "", "too-many", {
        en: `${files.length} attachments are too many; the app takes ${attachmentLimits.count}.`,
        nb: `${files.length} vedlegg er for mange; appen tar imot ${attachmentLimits.count}.`,
      }),
    );
  }
  for (const file of files) {
    const found = checkFile(file, taken);
    taken.add(nameKey(file.fileName));
    if ("contentType" in found) attachments.push({ ...file, contentType: found.contentType });
    else problems.push(found);
  }
  return { attachments, problems };
}

function checkFile(file: AttachmentFile, taken: ReadonlySet<string>): { contentType: string } | AttachmentProblem {
  const { fileName, bytes } = file;
  const kinds = acceptedExtensions.join(", ");
  if (taken.has(nameKey(fileName))) {
    return problem(fileName, "duplicate-name", {
      en: `Two files are called ${fileName}; the app refuses the whole submission for that. Rename one.`,
      nb: `To filer heter ${fileName}; da avviser appen hele innsendingen. Gi den ene et annet navn.`,
    });
  }
  if (bytes.byteLength === 0) {
    return problem(fileName, "empty", { en: `${fileName} is empty.`, nb: `${fileName} er tom.` });
  }
  if (bytes.byteLength > attachmentLimits.bytes) {
    return problem(fileName, "too-large", {
      en: `${fileName} has ${bytes.byteLength} bytes; the app takes ${attachmentLimits.bytes} (25 MB).`,
      nb: `${fileName} er på ${bytes.byteLength} byte; appen tar imot ${attachmentLimits.bytes} (25 MB).`,
    });
  }
  const point = fileName.lastIndexOf(".");
  if (point <= 0 || point === fileName.length - 1) {
    return problem(fileName, "no-extension", {
      en: `${fileName} has no extension; the app needs one of ${kinds}.`,
      nb: `${fileName} har ingen filendelse; appen krever en av ${kinds}.`,
    });
  }
  const extension = fileName.slice(point + 1).toLowerCase();
  const type = acceptedTypes.find((candidate) => candidate.extensions.includes(extension));
  if (type === undefined) {
    return problem(fileName, "extension-not-accepted", {
      en: `${fileName}: the app does not take .${extension} files, only ${kinds}.`,
      nb: `${fileName}: appen tar ikke imot .${extension}-filer, bare ${kinds}.`,
    });
  }
  if (!hasContent(bytes, type)) {
    return problem(fileName, "content-differs", {
      en: `${fileName} is called .${extension}, but its content is something else; the app would refuse it.`,
      nb: `${fileName} heter .${extension}, men innholdet er noe annet; appen ville avvist den.`,
    });
  }
  return { contentType: type.contentType };
}

function hasContent(bytes: Uint8Array, type: AcceptedType): boolean {
  if (type.container === "xml") return looksLikeXml(bytes);
  const signature = signatures.find(([container]) => container === type.container)?.[1] ?? [];
  if (!signature.every((byte, index) => bytes[index] === byte)) return false;
  return type.inside === undefined || zipHolds(bytes, type.inside);
}

/** An OpenDocument starts with its type in clear text; an Office document has a folder of its kind among its entries. */
function zipHolds(bytes: Uint8Array, inside: string): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!inside.endsWith("/"))
    return text.subarray(30, 30 + "mimetype".length + inside.length).equals(Buffer.from(`mimetype${inside}`));
  return text.includes("[Content_Types].xml") && text.includes(inside);
}

function looksLikeXml(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 200));
  const text = head.includes(0) ? head.toString("utf16le") : head.toString("utf8");
  return /^\uFEFF?\s*<[?!A-Za-z_]/.test(text);
}

/** Names that some file systems take for the same are the same here. */
function nameKey(fileName: string): string {
  return fileName.normalize("NFC").toLowerCase();
}

function problem(fileName: string, code: AttachmentProblem["code"], text: Text): AttachmentProblem {
  return { fileName, code, text };
}
