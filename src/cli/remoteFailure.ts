import type { Text } from "../vatReturn/text.ts";

/** Skatteetaten could not be asked, or gave no verdict. */
export class RemoteFailure extends Error {
  override readonly name = "RemoteFailure";
  readonly text: Text;
  /** Whether asking for the next document would fail for the same reason. */
  readonly noAccess: boolean;

  constructor(text: Text, noAccess: boolean) {
    super(text.en);
    this.text = text;
    this.noAccess = noAccess;
  }
}
