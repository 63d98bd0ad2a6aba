import type { Text } from "../../vatReturn/text.ts";
import type { FieldName } from "../registration.ts";

/** A value that a field may have. */
export interface FieldValue {
  readonly value: string;
  /** What the portal shows for it, where that is another word. */
  readonly portal?: string;
  readonly meaning: Text;
}

/** One field of a registration, as the self-service API, the portal and people call it. */
export interface Field {
  readonly name: FieldName;
  /** The portal's name, in Norwegian whatever language the portal is read in; null where it shows none. */
  readonly portal: string | null;
  readonly label: Text;
  readonly meaning: Text;
  readonly type: "text" | "texts" | "seconds" | "yesOrNo" | "keys";
  readonly values?: readonly FieldValue[];
  /** Values to offer where any text will do. */
  readonly examples?: readonly FieldValue[];
}

/** Every value that a field knows, with its meaning: the type sees to it that none is forgotten. */
export function known<Value extends string>(
  values: readonly Value[],
  meanings: Readonly<Record<Value, { readonly portal?: string; readonly en: string; readonly nb: string }>>,
): readonly FieldValue[] {
  return values.map((value) => {
    const { portal, en, nb } = meanings[value];
    return { value, ...(portal === undefined ? {} : { portal }), meaning: { en, nb } };
  });
}
