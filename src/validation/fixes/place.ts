import type { SpecificationLine, VatReturn } from "../../vatReturn/vatReturn.ts";
import type { XmlElement } from "../../vatReturn/xml.ts";
import type { Finding } from "../finding.ts";

/** Where a rule finding stands, and what it has to say for the fixes. */
export interface Place {
  readonly finding: Finding;
  readonly data: Readonly<Record<string, string>>;
  readonly element: XmlElement;
  readonly line: SpecificationLine | null;
  readonly vatReturn: VatReturn;
  readonly text: string;
}
