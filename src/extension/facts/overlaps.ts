import type { Text } from "../../vatReturn/text.ts";
import type { PlacedRange } from "../worker/protocol.ts";
import type { FactsAnswer } from "../worker/questions.ts";

/** A file of facts, as far as it matters whether another one tells of the same organisations. */
export interface OverlappingFile {
  /** Its name as people know it: its path in the workspace. */
  readonly name: string;
  readonly organisations: FactsAnswer["organisations"];
}

/** An organisation that a file tells of in vain, since one before it does already. */
export interface Overlap<File> {
  readonly file: File;
  /** Where the organisation's number stands in that file. */
  readonly range: PlacedRange;
  readonly counts: File;
  /** Where it stands in the file that counts. */
  readonly countsAt: PlacedRange;
  readonly message: Text;
}

/** @param files that hold for the same documents, the one that counts first */
export function overlapsAmong<File extends OverlappingFile>(files: readonly File[]): readonly Overlap<File>[] {
  const known = new Map<string, { readonly file: File; readonly range: PlacedRange }>();
  const found: Overlap<File>[] = [];
  for (const file of files) {
    for (const { organisationNumber, range } of file.organisations) {
      const first = known.get(organisationNumber);
      if (first === undefined) known.set(organisationNumber, { file, range });
      else found.push({ file, range, counts: first.file, countsAt: first.range, message: overruled(first.file.name) });
    }
  }
  return found;
}

function overruled(name: string): Text {
  return {
    en: `${name} tells of this organisation already and is the file that counts; the facts here are not used.`,
    nb: `${name} har allerede opplysninger om denne organisasjonen, og er filen som gjelder; opplysningene her brukes ikke.`,
  };
}
