import { rates } from "../../src/codeLists/rates.ts";
import { returnCategories } from "../../src/codeLists/returnCategories.ts";
import { selectableRemarks } from "../../src/codeLists/remarks.ts";
import { specifications } from "../../src/codeLists/specifications.ts";
import { vatCodes } from "../../src/codeLists/vatCodes.ts";
import { periodValues } from "../../src/vatReturn/period.ts";

/** Numbers from 0 up to but not 1; the same seed gives the same ones (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface RandomReturnOptions {
  /** Lines from 0 to this many; 12 unless given. */
  readonly mostLines?: number;
}

/** The lines of a random return, apart from the rest, so that tests can put them in another order. */
export interface RandomReturn {
  readonly lines: readonly string[];
  /** The document around the lines. */
  readonly before: string;
  readonly after: string;
}

/**
 * The text of a random return that the schema accepts, however odd: legal and illegal codes, rates, remarks and
 * specifications, amounts of every sign and size, all kinds of period.
 */
export function randomReturn(random: () => number, options: RandomReturnOptions = {}): string {
  const { before, lines, after } = randomReturnParts(random, options);
  return before + lines.join("") + after;
}

export function randomReturnParts(random: () => number, { mostLines = 12 }: RandomReturnOptions = {}): RandomReturn {
  const pick = <T>(choices: readonly [T, ...T[]] | readonly T[]): T => {
    const chosen = choices[Math.floor(random() * choices.length)];
    if (chosen === undefined) throw new RangeError("There is nothing to choose from.");
    return chosen;
  };
  const chance = (probability: number): boolean => random() < probability;
  const category = chance(0.03) ? "eHandel" : pick(returnCategories);
  const [periodElement, values] = pick(Object.entries(periodValues));
  const year = pick(["2021", "2022", "2023", "2024", "2025", "2026", "2024Z", "2025+01:00", "-0004"]);
  const count = Math.floor(random() * (mostLines + 1));
  const lines = Array.from({ length: count }, () => line());
  const total = chance(0.5) ? String(Math.round((random() - 0.5) * 1e6)) : amount();
  return {
    before:
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<mvaMeldingDto xmlns="no:skatteetaten:fastsetting:avgift:mva:skattemeldingformerverdiavgift:v1.0">' +
      "<innsending><regnskapssystemsreferanse>1</regnskapssystemsreferanse>" +
      "<regnskapssystem><systemnavn>tilfeldig</systemnavn></regnskapssystem></innsending>" +
      "<skattegrunnlagOgBeregnetSkatt><skattleggingsperiode><periode>" +
      element(periodElement, pick(values)) +
      "</periode>" +
      element("aar", year) +
      "</skattleggingsperiode>" +
      element("fastsattMerverdiavgift", total),
    lines,
    after:
      "</skattegrunnlagOgBeregnetSkatt><betalingsinformasjon>" +
      (chance(0.5) ? element("kundeIdentifikasjonsnummer", kid()) : "") +
      "</betalingsinformasjon><skattepliktig>" +
      (chance(0.9) ? element("organisasjonsnummer", "999999999") : "") +
      "</skattepliktig>" +
      element("meldingskategori", category) +
      (chance(0.3) ? remark("return") : "") +
      "</mvaMeldingDto>",
  };

  function line(): string {
    const known = pick(vatCodes);
    const code = chance(0.9) ? known.code : pick(["0", "03", " 3", "", "K1", "&lt;", "99"]);
    const basis = chance(0.6);
    return (
      "<mvaSpesifikasjonslinje>" +
      element("mvaKode", code) +
      (chance(0.3)
        ? element("spesifikasjon", pick([...specifications.map(({ name }) => name), "", " ", "Uttak"]))
        : "") +
      (chance(0.3) ? element("mvaKodeRegnskapsystem", "intern") : "") +
      (basis ? element("grunnlag", amount()) : "") +
      (chance(basis ? 0.9 : 0.1) ? element("sats", rate()) : "") +
      element("merverdiavgift", amount()) +
      (chance(0.4) ? remark("line") : "") +
      "</mvaSpesifikasjonslinje>"
    );
  }

  function rate(): string {
    return chance(0.8) ? pick(rates).text : pick(["", " ", "11.11", "25 %", "25,0", "-25", "tjuefem", "1e2"]);
  }

  function amount(): string {
    const whole = String(Math.floor(random() * 10 ** Math.floor(random() * 12)));
    const sign = pick(["", "", "", "-", "-", "+"]);
    const fraction = chance(0.1) ? pick([".0", ".5", ".00", ".", ".123456789012345678901234567890"]) : "";
    return chance(0.1) ? pick(["0", "-0", "+0.0", `${sign}${"9".repeat(40)}`]) : sign + whole + fraction;
  }

  function kid(): string {
    const digits = Array.from({ length: Math.floor(random() * 27) }, () => pick(Array.from("0123456789")));
    return digits.join("") + (chance(0.1) ? "-" : "");
  }

  function remark(level: "line" | "return"): string {
    if (chance(0.4)) return `<merknad>${element("beskrivelse", pick(["forklaring", "", " "]))}</merknad>`;
    const names = selectableRemarks.filter((candidate) => candidate.level === level).map(({ name }) => name);
    const name = chance(0.8) ? pick(names) : pick(["fritekstfelt", "", "BFU", "Kreditnota", "noe annet"]);
    return `<merknad>${element("utvalgtMerknad", chance(0.1) ? name.toUpperCase() : name)}</merknad>`;
  }
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
