import { JavaEngineError } from "../validation/schema/javaEngineError.ts";
import { RemoteFailure } from "./remoteFailure.ts";
import type { Text } from "../vatReturn/text.ts";

const reasons: Readonly<Record<string, Text>> = {
  ENOENT: { en: "no such file or folder", nb: "filen eller mappen finnes ikke" },
  ENOTDIR: { en: "no such file or folder", nb: "filen eller mappen finnes ikke" },
  EACCES: { en: "no permission to read it", nb: "mangler tilgang til å lese" },
  EPERM: { en: "no permission to read it", nb: "mangler tilgang til å lese" },
  EISDIR: { en: "a folder, not a file", nb: "en mappe, ikke en fil" },
  ELOOP: { en: "its symbolic links lead in a circle", nb: "de symbolske lenkene går i ring" },
  ENAMETOOLONG: { en: "the name is too long", nb: "navnet er for langt" },
  ERR_FS_FILE_TOO_LARGE: { en: "too large to be read", nb: "for stor til å leses" },
  ERR_STRING_TOO_LONG: { en: "too large to be read", nb: "for stor til å leses" },
};

/** Why something could not be read or judged, for people. */
export function failureText(error: unknown): Text {
  if (error instanceof JavaEngineError || error instanceof RemoteFailure) return error.text;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = reasons[code];
  if (known !== undefined) return known;
  const words = error instanceof Error ? error.message : String(error);
  return { en: `could not be read: ${words}`, nb: `kunne ikke leses: ${words}` };
}

/** Whether every further document would fail for the same reason. */
export function endsTheRun(error: unknown): boolean {
  return error instanceof JavaEngineError && error.kind !== "timeout" && error.kind !== "failed";
}
