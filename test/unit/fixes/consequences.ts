import type { Finding } from "../../../src/validation/finding.ts";
import type { Fix } from "../../../src/validation/fixes/index.ts";

/** What a mended finding may bring with it, in short: rules of the new findings, and why that is no fault of the fix. */
interface Consequence {
  /** The rule, or the kind of schema finding, that the fix is for. */
  readonly of: RegExp;
  readonly may: RegExp;
  readonly why: string;
  /** Set where that holds for preferred fixes too. */
  readonly always?: true;
  /** Set where it takes a line that breaks other rules besides: one choice can't be expected to put everything right. */
  readonly beside?: true;
  /** Set where it takes that R019 allows no tolerance. */
  readonly strictly?: true;
}

/** What a fix was applied under. */
interface Circumstances {
  readonly isStrict: boolean;
  /** Whether the line breaks no other rule. */
  readonly isOnlyTrouble: boolean;
}

const consequences: readonly Consequence[] = [
  { of: /^syntax/, may: /^schema/, why: "only well-formed XML is compared with the schema", always: true },
  { of: /R002/, may: /rule/, why: "few rules speak of a line before its code is known", always: true },
  { of: /R003/, may: /R019|R119|R127/, why: "a rate that can't be read is not computed with", always: true },
  {
    of: /R019|R127|R122|R082|^rule {2}/,
    may: /R018/,
    why: "the total was the sum of the lines as they stood",
    always: true,
  },
  { of: /R018/, may: /R098|R099|R118|R119|R134/, why: "the sum itself may be refused in a first return", always: true },
  { of: /R018/, may: /R082/, why: "the sum has the decimals of the lines" },
  { of: /R028|R029|R03[0-7]|R053|R054/, may: /R018|R084/, why: "a line more, or less, changes the sum" },
  { of: /R100|R107/, may: /R098|R118|R134/, why: "a first return may not be of 0" },
  { of: /R095|R106|R049|R050/, may: /R059|R060|R089|R120|R135/, why: "the longer period may not be over" },
  {
    of: /R003|R038|R039|R040|R041|R053|R054|R081|R088|R113|R114|R116/,
    may: /R02[3-9]|R03[0-7]/,
    why: "a two-sided code wants its other side, and may have been another's",
  },
  { of: /R019|R053|R054|R065|R066|R081|R088|R109|R113/, may: /R020|R021|R086|R108/, why: "a sign may want a remark" },
  {
    of: /R066|R081|R093|R109|R116/,
    may: /R019|R052|R119|R127/,
    why: "there is a basis at last, and a rate that the VAT may not fit",
  },
  { of: /R019|R122/, may: /R02[3-7]/, why: "the VAT of a code is summed" },
  { of: /R082/, may: /R098|R118|R119|R127/, why: "less than a krone becomes 0" },
  {
    of: /R069/,
    may: /R038|R039|R040|R041|R078|R087|R111|R114|R115|R116/,
    why: "a specification that is known at last has rules of its own",
    always: true,
  },
  { of: /R069/, may: /R02[3-9]|R03[0-7]/, why: "what has a specification is no plain calculation or deduction" },
  { of: /R104/, may: /rule/, why: "each category has rules of its own" },
  {
    of: /R002|R03[89]|R04[01]|R088|R113|R114/,
    may: /R084|R100|R107/,
    why: "a return that lost its only line has a total of 0",
  },
  { of: /R018/, may: /R061|R062|R080/, why: "the sum itself may ask for another period, or account", always: true },
  { of: /R02[89]|R03[0-7]/, may: /R02[3-7]|R082|R085/, why: "the other side has the amounts of the first one" },
  { of: /R02[89]|R03[0-7]/, may: /R019/, why: "no basis gives VAT with decimals to the fraction", strictly: true },
  { of: /R066|R081|R093|R109|R116|R122/, may: /R085/, why: "there is a basis at last, which may be too high" },
  {
    of: /R066|R081|R093|R109/,
    may: /R019/,
    why: "VAT that was rounded instead of cut is a krone off",
    always: true,
    strictly: true,
  },
  { of: /R122/, may: /R052|R117|R119/, why: "the basis is turnover" },
  {
    of: /R049|R050|R051|R095|R106/,
    may: /R003|R052|R06[12]|R07[23]|R083|R089|R09[67]|R101|R118|R12[135]|R13[0-5]/,
    why: "the other period has other days, and other rates and registrations may hold then",
  },
  { of: /R069|R110|R111|R116|R124/, may: /R112/, why: "a code has the specification on all of its lines, or on none" },
  {
    of: /R087|R091|R110|R111|R124/,
    may: /R003|R087|R101|R108|R109|R111|R116|R127/,
    why: "each specification has its codes, and wants basis and rate",
    beside: true,
  },
  {
    of: /R003|R03[89]|R04[01]|R053|R054|R088|R113|R114|R116/,
    may: /R003|R020|R021|R052|R065|R066|R081|R083|R086|R101|R108|R109|R112|R115|R124|R127/,
    why: "the new code wants another rate, side, sign or specification than the line has",
    beside: true,
  },
  { of: /R003/, may: /R020|R052/, why: "another code's basis may count as turnover, or want a remark for its sign" },
  { of: /R088|R113/, may: /R101/, why: "the register knows some codes only" },
  { of: /rule/, may: /R07[4-6]/, why: "a chosen remark is bound to code, specification and sign" },
  { of: /schema.*unexpected-element/, may: /missing-element/, why: "what was meant may still be missing" },
  { of: /schema.*unexpected-element/, may: /rule/, why: "of two values, the first alone had been read" },
];

/** Whether a new finding is one of the named consequences of mending another. */
export function isConsequence(
  found: Finding,
  mended: Finding,
  fix: Fix,
  { isStrict, isOnlyTrouble }: Circumstances,
): boolean {
  return consequences.some(
    ({ of, may, always, beside, strictly }) =>
      of.test(kindOf(mended)) &&
      may.test(kindOf(found)) &&
      (always === true || !fix.preferred) &&
      (beside !== true || !isOnlyTrouble) &&
      (strictly !== true || isStrict),
  );
}

/** Such as `rule R018 ` and `schema R001 missing-element`. */
export function kindOf({ source, rule, data }: Finding): string {
  return `${source} ${rule ?? ""} ${data?.["kind"] ?? ""}`;
}
