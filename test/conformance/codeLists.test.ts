import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import * as v from "valibot";
import type { RateType } from "../../src/codeLists/rates.ts";
import { rates } from "../../src/codeLists/rates.ts";
import { categoryLabels } from "../../src/codeLists/returnCategories.ts";
import type { ReturnType } from "../../src/codeLists/returnCategories.ts";
import { selectableRemarks } from "../../src/codeLists/remarks.ts";
import { remarkGroups } from "../../src/codeLists/remarkSigns.ts";
import { specifications } from "../../src/codeLists/specifications.ts";
import { vatCodes } from "../../src/codeLists/vatCodes.ts";
import { requireReferenceData } from "./referenceData.ts";

const codeSchema = v.object({
  tekniskNavn: v.string(),
  gyldigForBehandling: v.optional(v.object({ fradato: v.optional(v.string()), tildato: v.optional(v.string()) })),
  kodetillegg: v.optional(v.record(v.string(), v.string())),
});
const listSchema = v.object({ kodeliste: v.object({ kode: v.array(codeSchema) }) });
type OfficialCode = v.InferOutput<typeof codeSchema>;

const officialRateTypes: Readonly<Record<string, RateType>> = {
  "alminnelig sats": "standard",
  "redusert sats, næringsmiddel": "middle",
  "redusert sats": "low",
  "redusert sats, råfisk": "rawFish",
  nullsats: "zero",
};
const officialDirections: Readonly<Record<string, string>> = {
  "Inngående merverdiavgift": "input",
  "Utgående merverdiavgift": "output",
  "Inngående og utgående merverdiavgift": "both",
};
const officialReturnTypes: readonly (readonly [string, ReturnType])[] = [
  ["alminneligPrimær", "ordinary"],
  ["alminneligprimær", "ordinary"],
  ["kompensasjon", "compensation"],
  ["omvendtAvgiftsplikt", "reverseCharge"],
];
const officialSpecificationFlags: readonly (readonly [string, string])[] = [
  ["uttak", "uttak"],
  ["tapPaaKrav", "tapPåKrav"],
  ["justering", "justering"],
  ["tilbakefoeringAvInngaaendeMerverdiavgift", "tilbakeføringAvInngåendeMerverdiavgift"],
  ["kompensasjonsrett", "kompensasjonsrett"],
  ["kompensasjonJustering", "justeringMerverdiavgiftskompensasjonFastEiendom"],
];

describe("code lists against the official ones", function () {
  function official(test: Mocha.Context, file: string): OfficialCode[] {
    const text = readFileSync(join(requireReferenceData(test), "code-lists", file), "utf8");
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === "kode" });
    return v.parse(listSchema, parser.parse(text)).kodeliste.kode;
  }

  it("has the same categories", function () {
    const names = official(this, "meldingskategori.xml").map((code) => code.kodetillegg?.["tekniskNavnUtenNorskeTegn"]);
    same(Object.keys(categoryLabels), names, 5);
  });

  it("has the same VAT codes, with direction, rate type, first day, return types and specifications", function () {
    const theirs = official(this, "mvaKodeSAFT.xml").map((code) => {
      const more = code.kodetillegg ?? {};
      const rateType = more["satstype"];
      return {
        code: code.tekniskNavn,
        direction: officialDirections[more["kodeBrukesTilSpesifiseringAv"] ?? ""],
        // Code 6 names no rate type; its only rate is 0.
        rateType: rateType === undefined ? "zero" : officialRateTypes[rateType],
        validFrom: code.gyldigForBehandling?.fradato ?? null,
        returnTypes: returnTypes(more),
        specifications: officialSpecificationFlags
          .filter(([flag]) => more[flag] === "SANN")
          .map(([, name]) => name)
          .sort(),
      };
    });
    const ours = vatCodes.map(({ code, direction, rateType, validFrom, returnTypes, specifications }) => ({
      code,
      direction,
      rateType,
      validFrom,
      returnTypes: [...returnTypes].sort(),
      specifications: [...specifications].sort(),
    }));
    same(ours, theirs, 25);
  });

  it("marks the same codes as two-sided", function () {
    const twoSided = official(this, "mvaKodeSAFT.xml").filter((code) => code.kodetillegg?.["fradrag"] !== undefined);
    same(
      vatCodes.filter((code) => code.direction === "both").map((code) => code.code),
      twoSided.map((code) => code.tekniskNavn),
      5,
    );
  });

  it("has the same rates and days, for every return type", function () {
    const theirs = official(this, "sats.xml").map((code) => {
      assert.deepEqual(returnTypes(code.kodetillegg ?? {}), ["compensation", "ordinary", "reverseCharge"]);
      return {
        text: code.tekniskNavn,
        type: officialRateTypes[code.kodetillegg?.["satstype"] ?? ""],
        from: code.gyldigForBehandling?.fradato ?? null,
        to: code.gyldigForBehandling?.tildato ?? null,
      };
    });
    same(
      rates.map((rate) => ({ ...rate })),
      theirs,
      9,
    );
  });

  it("has the same specifications", function () {
    const theirs = official(this, "mvaSpesifikasjon.xml").map((code) => ({
      name: code.tekniskNavn,
      returnTypes: returnTypes(code.kodetillegg ?? {}),
    }));
    const ours = specifications.map(({ name, returnTypes }) => ({ name, returnTypes: [...returnTypes].sort() }));
    same(ours, theirs, 6);
  });

  it("has the same selectable remarks per level and return type", function () {
    const theirs = official(this, "merknad.xml").map((code) => ({
      name: code.tekniskNavn,
      level: code.kodetillegg?.["merknadGjelder"] === "mva kode" ? "line" : "return",
      returnTypes: returnTypes(code.kodetillegg ?? {}),
    }));
    const ours = selectableRemarks.map(({ name, level, returnTypes }) => ({
      name,
      level,
      returnTypes: [...returnTypes].sort(),
    }));
    same(ours, theirs, 40);
  });

  it("has the same 663 rows of remarks and signs", function () {
    const theirs = official(this, "merknadTilsvarendeMvaKode.xml").map((code) => {
      const more = code.kodetillegg ?? {};
      return [
        returnTypes(more).join("+"),
        more["mvaKode"],
        more["mvaSpesifikasjon"] ?? "",
        more["fradrag"] === undefined ? "" : "deduction",
        more["forventetFortegn"],
        more["levertFortegn"],
        // The list spells remarks in several ways; names are compared as the rules compare them.
        (more["merknad"] ?? "")
          .normalize("NFC")
          .replace(/[\s\u00a0]+/g, " ")
          .toLowerCase(),
      ].join("|");
    });
    const ours = remarkGroups.flatMap((group) => {
      const oppositeSign = group.expectedSign === "+" ? "-" : "+";
      const row = (sign: string, remark: string): string =>
        [
          group.returnType,
          group.code,
          group.specification ?? "",
          group.deduction ? "deduction" : "",
          group.expectedSign,
          sign,
          remark.toLowerCase(),
        ].join("|");
      return [
        ...group.normal.map((remark) => row(group.expectedSign, remark)),
        ...group.opposite.map((remark) => row(oppositeSign, remark)),
      ];
    });
    same(ours, theirs, 663);
    assert.equal(remarkGroups.length, 66);
  });
});

function returnTypes(more: Readonly<Record<string, string>>): string[] {
  return officialReturnTypes
    .filter(([flag]) => more[flag] === "SANN")
    .map(([, type]) => type)
    .sort();
}

/** The same entries whatever the order, as many as the reference counts, none twice. */
function same(ours: readonly unknown[], theirs: readonly unknown[], count: number): void {
  const lines = (entries: readonly unknown[]): string[] => entries.map((entry) => JSON.stringify(entry)).sort();
  assert.deepEqual(lines(ours), lines(theirs));
  assert.equal(ours.length, count);
}
