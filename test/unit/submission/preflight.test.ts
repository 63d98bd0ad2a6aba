import assert from "node:assert/strict";
import { sandboxEnvironment } from "../../../src/services/environments.ts";
import { AltinnRefusal } from "../../../src/services/altinn/refusalError.ts";
import { envelopeDifferences } from "../../../src/submission/compare.ts";
import { buildEnvelope } from "../../../src/submission/envelope.ts";
import type { Journal } from "../../../src/submission/journal.ts";
import { readPaymentInformation } from "../../../src/submission/payment.ts";
import { overall, preflight } from "../../../src/submission/preflight.ts";
import type { PreflightInput } from "../../../src/submission/preflight.ts";
import { newJournal } from "../../../src/submission/prepare.ts";
import { findingsOfRefusal } from "../../../src/submission/refusalFindings.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../../src/vatReturn/vatReturn.ts";
import type { VatReturn } from "../../../src/vatReturn/vatReturn.ts";
import { sampleReturn } from "../sandbox/altinn/support.ts";

const now = Date.parse("2026-11-22T09:00:00Z");
const addresses = { name: "sandbox", platformUrl: "http://127.0.0.1:1", appUrl: "http://127.0.0.1:1/skd/app" };
const environment = {
  ...sandboxEnvironment,
  altinnPlatformUrl: addresses.platformUrl,
  altinnAppUrl: addresses.appUrl,
};
const local: PreflightInput["local"] = { verdict: "valid", notEvaluated: ["R047"] };

describe("the checklist before a submission", () => {
  let bytes: Buffer;
  let vatReturn: VatReturn;
  let earlier: Journal;
  before(async () => {
    bytes = await sampleReturn();
    vatReturn = read(bytes.toString());
    earlier = newJournal(
      {
        environment: addresses,
        bytes,
        vatReturn,
        sourcePath: "",
        fileName: "mva.xml",
        attachments: [],
        envelope: null,
        createdBy: "Test",
        goal: "submit",
        outFolder: "",
      },
      new Date(now),
    ).journal;
  });
  const read = (xml: string): VatReturn => {
    const { root } = parseXml(xml);
    assert.ok(root !== null);
    return readVatReturn(root);
  };
  const ownEnvelope = (organisationNumber: string): string =>
    buildEnvelope({
      organisationNumber,
      period: vatReturn.period ?? assert.fail(),
      category: "alminnelig",
      createdBy: "Test",
      createdAt: "2026-11-22T09:00:00Z",
      returnFileName: "mva.xml",
      attachmentNames: [],
    });
  const input = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
    unsavedChanges: false,
    bytes,
    local,
    vatReturn,
    environment,
    fileName: "mva.xml",
    session: { account: "Modig (ABC)", expiresAt: now + 3_600_000 },
    envelope: null,
    attachmentNames: [],
    attachmentProblems: [],
    journals: [],
    now,
    ...changes,
  });

  it("is all right where everything is", () => {
    const items = preflight(input());
    assert.equal(overall(items), "ok");
    assert.deepEqual(
      items.map(({ name }) => name),
      ["file", "verdict", "environment", "account", "organisation", "envelope", "attachments"],
    );
    assert.ok(items.every(({ text }) => text.en !== text.nb || text.en.length < 40));
  });

  const cases: readonly (readonly [string, () => Partial<PreflightInput>, string, "ok" | "ask" | "stop", RegExp])[] = [
    ["unsaved changes", () => ({ unsavedChanges: true }), "file", "stop", /Lagre/],
    ["lost characters", () => ({ bytes: Buffer.from("<a>bl\uFFFDb\uFFFDr</a>") }), "file", "ask", /2 tegn/],
    ["bytes that are no text", () => ({ bytes: Buffer.from([0x3c, 0xff, 0xfe, 0xfd]) }), "file", "stop", /./],
    ["a refused return", () => ({ local: { ...local, verdict: "invalid" } }), "verdict", "stop", /avviser/],
    ["a deviating return", () => ({ local: { ...local, verdict: "deviating" } }), "verdict", "ask", /avvik/],
    [
      "another document",
      () => ({ local: { ...local, verdict: "notARecognisedDocument" }, vatReturn: null }),
      "verdict",
      "stop",
      /ingen mva-melding/,
    ],
    [
      "production",
      () => ({
        environment: { ...environment, altinnAppUrl: "https://skd.apps.altinn.no/skd/mva-melding-innsending-v1" },
      }),
      "environment",
      "stop",
      /produksjon/,
    ],
    [
      "no addresses",
      () => ({ environment: { ...environment, altinnAppUrl: null } }),
      "environment",
      "stop",
      /ingen Altinn-adresser/,
    ],
    ["nobody signed in", () => ({ session: null }), "account", "stop", /Logg inn/],
    ["a session that has run out", () => ({ session: { account: "A", expiresAt: now } }), "account", "stop", /utløpt/],
    [
      "a short session",
      () => ({ session: { account: "A", expiresAt: now + 60_000 } }),
      "account",
      "ok",
      /60 sekunder.*underveis/,
    ],
    [
      "a session that is about to end",
      () => ({ session: { account: "A", expiresAt: now + 59_000 } }),
      "account",
      "ok",
      /59 sekunder til: du blir bedt om å logge inn på nytt først/,
    ],
    [
      "a session that renews itself",
      () => ({ session: { account: "A", expiresAt: null } }),
      "account",
      "ok",
      /fornyes/,
    ],
    [
      "a return that is too large",
      () => ({ bytes: new Uint8Array(26_214_401) }),
      "file",
      "stop",
      /26214401 byte; appen tar imot 26214400/,
    ],
    ["a return by a name that the app refuses", () => ({ fileName: "mva.txt" }), "file", "stop", /slutter på \.xml/],
    [
      "no organisation number",
      () => ({ vatReturn: read("<mvaMeldingDto/>") }),
      "organisation",
      "stop",
      /organisasjonsnummer/,
    ],
    [
      "an envelope for another return",
      () => ({ envelope: { text: ownEnvelope("310000000"), errors: [] } }),
      "envelope",
      "stop",
      /310000000/,
    ],
    [
      "an envelope that its schema refuses",
      () => ({
        envelope: {
          text: ownEnvelope(vatReturn.organisasjonsnummer?.value ?? ""),
          errors: [{ en: "wrong", nb: "Elementet mangler" }],
        },
      }),
      "envelope",
      "stop",
      /Elementet mangler/,
    ],
    [
      "an envelope that fits",
      () => ({ envelope: { text: ownEnvelope(vatReturn.organisasjonsnummer?.value ?? ""), errors: [] } }),
      "envelope",
      "ok",
      /passer/,
    ],
    [
      "an attachment that is refused",
      () => ({
        attachmentNames: ["a.csv"],
        attachmentProblems: [
          { fileName: "a.csv", code: "extension-not-accepted", text: { en: "no", nb: "tar ikke imot" } },
        ],
      }),
      "attachments",
      "stop",
      /tar ikke imot/,
    ],
    [
      "an earlier submission",
      () => ({ journals: [{ ...earlier, state: "finished", verdict: "accepted" }] }),
      "earlier",
      "ask",
      /endrer den/,
    ],
    ["an unfinished one", () => ({ journals: [{ ...earlier, state: "open" }] }), "earlier", "ask", /Gjenoppta/],
  ];
  for (const [title, changes, name, outcome, words] of cases) {
    it(`sees ${title}`, () => {
      const found = preflight(input(changes())).filter((item) => item.name === name);
      assert.equal(found[0]?.outcome, outcome);
      assert.match(found[0].text.nb, words);
    });
  }

  it("names the unfinished one, so that it can be gone on with", () => {
    const [found] = preflight(input({ journals: [{ ...earlier, state: "open" }] })).filter(
      ({ unfinished }) => unfinished !== undefined,
    );
    assert.equal(found?.unfinished, earlier.id);
  });

  it("does not count a refused submission as an earlier one", () => {
    const items = preflight(input({ journals: [{ ...earlier, state: "finished", verdict: "refused" }] }));
    assert.equal(overall(items), "ok");
  });
});

describe("a refusal as findings", () => {
  const envelopeXml = `<mvaMeldingInnsending><norskIdentifikator><organisasjonsnummer>1</organisasjonsnummer></norskIdentifikator>
<skattleggingsperiode><periode/></skattleggingsperiode><meldingskategori>x</meldingskategori><instansstatus>y</instansstatus>
<vedlegg/><vedlegg><vedleggsfil><filnavn>bilag</filnavn><filekstensjon>pdf</filekstensjon></vedleggsfil></vedlegg>
</mvaMeldingInnsending>`;
  const documents = {
    vatReturn: parseXml("<mvaMeldingDto><meldingskategori>z</meldingskategori></mvaMeldingDto>"),
    envelope: parseXml(envelopeXml),
    returnFileName: "x.xml",
  };
  const refusal = (body: string, status = 409): AltinnRefusal =>
    new AltinnRefusal(
      {
        service: "altinn",
        name: "completeFillingIn",
        title: { en: "Completing", nb: "Fullføring" },
        method: "PUT",
        url: "http://127.0.0.1/",
        headers: {},
        storing: true,
        repeatable: false,
      },
      { status, headers: new Headers(), body: new Uint8Array(), text: body },
      "fillIn",
    );

  const cases: readonly (readonly [string, "vatReturn" | "envelope", string])[] = [
    [
      'Valideringsfeil: Organisasjonsnummeret i instansen er forskjellig fra organisasjonsnummeret i MvaMeldingInnsending ("konvolutt")',
      "envelope",
      "/mvaMeldingInnsending/norskIdentifikator/organisasjonsnummer",
    ],
    [
      'Valideringsfeil: Meldingskategorien i MvaMeldingInnsending ("konvolutt") er forsjellig fra Meldingskategorien i x.xml',
      "envelope",
      "/mvaMeldingInnsending/meldingskategori",
    ],
    [
      "Valideringsfeil: skattleggingsperiode er påkrevd i MvaMeldingInnsending.",
      "envelope",
      "/mvaMeldingInnsending/skattleggingsperiode",
    ],
    [
      "Valideringsfeil: instansstatus er påkrevd i MvaMeldingInnsending.",
      "envelope",
      "/mvaMeldingInnsending/instansstatus",
    ],
    [
      "Valideringsfeil: filnavnene i innsendingen må være unike. Validation error: file names in the submission must be unique.",
      "envelope",
      "/mvaMeldingInnsending/vedlegg[1]",
    ],
    // One documented sentence, for three things: it depends on the file that it names.
    [
      'Valideringsfeil: Organisasjonsnummeret i MvaMeldingInnsending ("konvolutt") er forskjellig fra organisasjonsnummeret i x.xml',
      "envelope",
      "/mvaMeldingInnsending/norskIdentifikator/organisasjonsnummer",
    ],
    [
      'Valideringsfeil: Organisasjonsnummeret i MvaMeldingInnsending ("konvolutt") er forskjellig fra organisasjonsnummeret i bilag.pdf',
      "envelope",
      "/mvaMeldingInnsending/vedlegg[2]",
    ],
    [
      'Valideringsfeil: Organisasjonsnummeret i MvaMeldingInnsending ("konvolutt") er forskjellig fra organisasjonsnummeret i ukjent.pdf',
      "envelope",
      "/mvaMeldingInnsending/vedlegg[1]",
    ],
    [
      "Valideringsfeil / Validation error: The 'no:skatteetaten:fastsetting:avgift:mva:mvameldinginnsending:v1.0:skattleggingsperiodeToMaaneder' element is invalid - The value 'juli-september' is invalid according to its datatype - The Enumeration constraint failed.",
      "envelope",
      "/mvaMeldingInnsending/skattleggingsperiode",
    ],
    ["Valideringsfeil: Ugyldig mva-melding", "vatReturn", "/mvaMeldingDto"],
  ];
  for (const [sentence, document, path] of cases) {
    it(`places “${sentence.slice(0, 60)}…”`, () => {
      for (const body of [sentence, JSON.stringify(sentence)]) {
        const findings = findingsOfRefusal(refusal(body), documents);
        assert.deepEqual(
          findings[document].map((finding) => finding.path),
          [path],
        );
        const other = document === "envelope" ? findings.vatReturn : findings.envelope;
        assert.deepEqual(other, []);
      }
    });
  }

  it("reads the authority's validation result", () => {
    const body = `<valideringsresultat><avvikVedMeldingslevering>ugyldig skattemelding</avvikVedMeldingslevering>
      <avvik><stiTilAvvik>/mvaMeldingDto/meldingskategori</stiTilAvvik><avviksinformasjon><begrunnelse>Feil</begrunnelse>
      <avvikstype>ugyldig skattemelding</avvikstype><avvikKode>X</avvikKode></avviksinformasjon></avvik></valideringsresultat>`;
    const { vatReturn } = findingsOfRefusal(refusal(body), documents);
    assert.deepEqual(
      vatReturn.map(({ path, severity }) => [path, severity]),
      [["/mvaMeldingDto/meldingskategori", "error"]],
    );
  });

  it("keeps still where a refusal speaks of something else", () => {
    for (const each of [refusal("Process is ended."), refusal("", 409), refusal("organisasjonsnummer", 403)]) {
      assert.deepEqual(findingsOfRefusal(each, documents), { vatReturn: [], envelope: [] });
    }
  });
});

describe("comparing envelopes by content", () => {
  const sent = `<e xmlns="n"><a>1</a><t>2026-11-22T09:00:00Z</t><v><f>x</f></v><v><f>y</f></v></e>`;
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["the same", sent, []],
    [
      "another order and prefix",
      `<n:e xmlns:n="n"><n:v><n:f>x</n:f></n:v><n:v><n:f> y </n:f></n:v><n:t>2026-11-22T10:00:00.000+01:00</n:t><n:a>1</n:a><n:z/></n:e>`,
      [],
    ],
    ["another value", sent.replace("1<", "2<"), ["/a"]],
    ["an element less", sent.replace("<v><f>y</f></v>", ""), ["/v[2]/f"]],
    ["an element more", sent.replace("<a>", "<b>3</b><a>"), ["/b"]],
    [
      "files that changed places",
      sent.replace(">x<", ">q<").replace(">y<", ">x<").replace(">q<", ">y<"),
      ["/v/f", "/v[2]/f"],
    ],
  ];
  for (const [title, stored, paths] of cases) {
    it(`sees ${title}`, () => assert.deepEqual(envelopeDifferences(sent, stored), paths));
  }
});

describe("payment information", () => {
  it("is read, whichever parts are there", () => {
    const xml = `<betalingsinformasjon xmlns="no:x"><kundeidentifikasjonsnummer>99</kundeidentifikasjonsnummer><beloep>-5</beloep>
      <betalingsfrist>2026-12-10</betalingsfrist><betalesTilKonto><norskKontonummer>123</norskKontonummer></betalesTilKonto></betalingsinformasjon>`;
    assert.deepEqual(readPaymentInformation(xml), { amount: "-5", account: "123", kid: "99", dueDate: "2026-12-10" });
    assert.equal(readPaymentInformation("<x/>"), null);
    assert.equal(readPaymentInformation("no xml"), null);
  });
});
