import assert from "node:assert/strict";
import { readValidationAnswer } from "../../../../src/services/skatteetaten/validationAnswer.ts";
import { control } from "../support.ts";
import {
  accountantWithoutSigning,
  altinnToken,
  clientFor,
  envelopeFor,
  filledIn,
  pdfUpload,
  raw,
  returnUpload,
  sampleOrganisation,
  sampleReturn,
  startAltinn,
  type AltinnSandbox,
  type RawAnswer,
} from "./support.ts";

interface Case {
  readonly what: string;
  readonly vatReturn?: (xml: string) => string;
  readonly envelope?: (xml: string) => string;
  readonly listed?: readonly string[];
  readonly uploaded?: readonly string[];
  readonly settings?: Record<string, unknown>;
  /** The JSON string of the answer. */
  readonly answer: RegExp;
}

const konvolutt = String.raw`MvaMeldingInnsending \("konvolutt"\)`;

describe("sandbox: Altinn's process", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  let token: string;
  beforeEach(async () => {
    sandbox = await startAltinn();
    token = await altinnToken(sandbox);
  });
  afterEach(() => sandbox.close());

  const address = (id: string): string => `${sandbox.description.altinnAppUrl}/instances/${id}`;
  const next = (id: string, as = token): Promise<RawAnswer> =>
    raw(`${address(id)}/process/next`, { method: "PUT", token: as, headers: { "content-type": "application/json" } });

  it("answers with its own state, not the instance's, and keeps its history", async () => {
    const { id } = await filledIn(await clientFor(sandbox));
    const { status, json } = await next(id);
    assert.equal(status, 200);
    const state = json as { currentTask: Record<string, unknown>; processTasks: unknown[]; ended: unknown };
    assert.deepEqual(
      [state.currentTask["elementId"], state.currentTask["altinnTaskType"], state.currentTask["actions"], state.ended],
      ["Task_2", "confirmation", { confirm: true }, null],
    );
    assert.equal(state.processTasks.length, 3);
    assert.ok(!("data" in state));
    assert.deepEqual((await raw(`${address(id)}/process/next`, { token })).json, []);
    await next(id);
    sandbox.clock.now += 10_000;
    const history = await raw(`${address(id)}/process/history`, { token });
    const { processHistory } = history.json as {
      processHistory: { eventType: string; elementId: string; ended: unknown }[];
    };
    assert.deepEqual(
      processHistory.map(({ eventType, elementId }) => `${eventType} ${elementId}`),
      [
        "process_StartEvent StartEvent_1",
        "process_StartTask Task_1",
        "process_StartTask Task_2",
        "process_StartTask Task_3",
        "process_EndEvent EndEvent_1",
      ],
    );
    assert.ok(processHistory.slice(1, 4).every(({ ended }) => typeof ended === "string"));
  });

  const conflicts: readonly Case[] = [
    {
      what: "another organisation in the envelope",
      envelope: (xml) => xml.replace("314552105", "314527828"),
      answer: new RegExp(
        `^Valideringsfeil: Organisasjonsnummeret i instansen er forskjellig fra organisasjonsnummeret i ${konvolutt}$`,
      ),
    },
    {
      what: "another organisation in the return",
      vatReturn: (xml) => xml.replace("314552105", "314527828"),
      envelope: (xml) => xml.replace("314527828", "314552105"),
      answer: new RegExp(
        `^Valideringsfeil: Organisasjonsnummeret i ${konvolutt} er forskjellig fra organisasjonsnummeret i mva-melding.xml$`,
      ),
    },
    {
      what: "another category",
      envelope: (xml) => xml.replace(">alminnelig<", ">primaernaering<"),
      answer: new RegExp(
        `^Valideringsfeil: Meldingskategorien i ${konvolutt} er forsjellig fra Meldingskategorien i mva-melding.xml$`,
      ),
    },
    {
      what: "another period",
      envelope: (xml) => xml.replace("mars-april", "mai-juni"),
      answer: /^Valideringsfeil: Skattleggingsperioden i .* mva-melding\.xml$/,
    },
    {
      what: "another year",
      envelope: (xml) => xml.replace("<aar>2026", "<aar>2025"),
      answer: /^Valideringsfeil: Skattleggingsperioden i /,
    },
    {
      what: "no period",
      envelope: (xml) => xml.replace(/<skattleggingsperiode>[^]*<\/skattleggingsperiode>/, ""),
      answer: /^Valideringsfeil: skattleggingsperiode er påkrevd i MvaMeldingInnsending\. Validation error: /,
    },
    {
      what: "an empty period",
      envelope: (xml) => xml.replace("mars-april", ""),
      answer: /^Valideringsfeil: skattleggingsperiode må være utfylt\. /,
    },
    {
      what: "no status, where it is required",
      envelope: (xml) => xml.replace(/<instansstatus>.*<\/instansstatus>/, ""),
      settings: { statusRequired: true },
      answer: /^Valideringsfeil: instansstatus er påkrevd i MvaMeldingInnsending\. /,
    },
    {
      what: "a period that the schema does not know",
      envelope: (xml) => xml.replace("mars-april", "juli-september"),
      answer:
        /^Valideringsfeil \/ Validation error: The 'no:skatteetaten:[^']*:skattleggingsperiodeToMaaneder' element is invalid - The value 'juli-september' is invalid according to its datatype .* - The Enumeration constraint failed\.$/,
    },
    {
      what: "no author",
      envelope: (xml) =>
        xml.replace(/<opprettetAv>Test<\/opprettetAv>\s*<opprettingstidspunkt>/, "<opprettingstidspunkt>"),
      answer: /^Valideringsfeil \/ Validation error: The element '/,
    },
    {
      what: "an attachment that is not listed",
      uploaded: ["a.pdf"],
      answer: /forskjellig fra organisasjonsnummeret i a\.pdf$/,
    },
    {
      what: "an attachment that is only listed",
      listed: ["a.pdf"],
      answer: /forskjellig fra organisasjonsnummeret i a\.pdf$/,
    },
    {
      what: "two files of one name",
      listed: ["a.pdf"],
      uploaded: ["a.pdf", "a.pdf"],
      answer:
        /^Valideringsfeil: filnavnene i innsendingen må være unike\. Validation error: file names in the submission must be unique\.$/,
    },
    {
      what: "a return that is refused, said in a sentence",
      vatReturn: (xml) => xml.replace("<sats>25</sats>", "<sats>26</sats>"),
      settings: { invalidReturn: "sentence" },
      answer: /^Valideringsfeil: Ugyldig mva-melding$/,
    },
  ];

  async function prepare({ vatReturn, envelope, listed, uploaded, settings }: Case): Promise<string> {
    if (settings !== undefined) await control(sandbox.issuer, "POST", "/settings", settings);
    const client = await clientFor(sandbox);
    const { id, data } = await client.createInstance(sampleOrganisation);
    const bytes = await sampleReturn(vatReturn);
    const text = envelopeFor(bytes, { attachmentNames: listed ?? [] });
    await client.putEnvelope(id, data[0]?.id ?? "", envelope?.(text) ?? text);
    await client.addData(id, returnUpload(bytes));
    for (const name of uploaded ?? []) await client.addData(id, pdfUpload(name));
    return id;
  }

  for (const conflict of conflicts) {
    it(`refuses to complete the filling in: ${conflict.what}`, async () => {
      const id = await prepare(conflict);
      const { status, json } = await next(id);
      assert.equal(status, 409);
      assert.match(String(json), conflict.answer);
      const { json: state } = await raw(`${address(id)}/process`, { token });
      assert.equal((state as { currentTask: { elementId: string } }).currentTask.elementId, "Task_1");
    });
  }

  it("refuses a return that the authority refuses with the authority's own words, as XML", async () => {
    const id = await prepare({
      what: "",
      vatReturn: (xml) => xml.replace("<sats>25</sats>", "<sats>26</sats>"),
      answer: /./,
    });
    const { status, text, headers } = await next(id);
    assert.equal(status, 409);
    assert.match(headers.get("content-type") ?? "", /xml/);
    const answer = readValidationAnswer(text);
    assert.equal(answer.verdict, "ugyldig skattemelding");
    assert.ok(answer.deviations.length > 0);
  });

  it("lets a deviating return through, and says so in the end", async () => {
    const id = await prepare({ what: "", vatReturn: (xml) => xml.replace(">75500<", ">75400<"), answer: /./ });
    assert.equal((await next(id)).status, 200);
    assert.equal((await next(id)).status, 200);
    sandbox.clock.now += 10_000;
    const client = await clientFor(sandbox);
    const { data } = await client.instance(id);
    const result = data.find(({ dataType }) => dataType === "valideringsresultat");
    const said = readValidationAnswer(Buffer.from(await client.data(id, result?.id ?? "")).toString());
    assert.equal(said.verdict, "avvikende skattemelding");
  });

  it("refuses too little with a list of issues, the same as validate lists", async () => {
    const client = await clientFor(sandbox);
    const { id } = await client.createInstance(sampleOrganisation);
    const { status, text } = await next(id);
    assert.equal(status, 409);
    assert.match(text, /"detail":"1 validation errors found for task Task_1","validationIssues":\[\{"severity":1,/);
    const [issue] = await client.validate(id);
    assert.deepEqual(issue, {
      severity: true,
      code: "TooFewDataElementsOfType",
      description: "TooFewDataElementsOfType",
      field: "mvamelding",
    });
  });

  const roles: readonly (readonly [string, string, string])[] = [
    ["REGNA", "17899612205", "314527828"],
    ["A0240", "21869040263", "314527828"],
    ["A0237", "29816825553", "312608472"],
    ["A0238", "24840160102", "312608472"],
  ];
  for (const [role, person, organisationNumber] of roles) {
    it(`lets ${role} fill in and not submit: as problem details, or empty in older versions`, async () => {
      const client = await clientFor(sandbox, person);
      const { id, data } = await client.createInstance(organisationNumber);
      const bytes = await sampleReturn((xml) => xml.replace("314552105", organisationNumber));
      await client.putEnvelope(id, data[0]?.id ?? "", envelopeFor(bytes));
      await client.addData(id, returnUpload(bytes));
      await client.next(id, "fillIn");
      const own = await altinnToken(sandbox, person);
      const refused = await next(id, own);
      assert.equal(refused.status, 403);
      assert.match(
        refused.text,
        /"title":"Unauthorized".*"detail":"User is not authorized to perform process next\. Task ID: Task_2"/,
      );
      await control(sandbox.issuer, "POST", "/settings", { library: "v7" });
      const empty = await next(id, own);
      assert.deepEqual([empty.status, empty.text], [403, ""]);
      await assert.rejects(client.deleteInstance(id, true), { status: 403 });
    });
  }

  it("lets nobody but the authority move on from Task_3, and nobody from the end", async () => {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client);
    await next(id);
    await next(id);
    assert.equal((await next(id)).status, 403);
    await assert.rejects(client.deleteInstance(id, true), { status: 403 });
    sandbox.clock.now += 10_000;
    const ended = await next(id);
    assert.equal(ended.status, 409);
    assert.match(ended.text, /"detail":"Process is ended\."/);
    const validate = async (): Promise<number> => (await raw(`${address(id)}/validate`, { token })).status;
    assert.equal(await validate(), 409);
    await control(sandbox.issuer, "POST", "/settings", { library: "v7" });
    assert.equal(await validate(), 500);
    await client.deleteInstance(id, false);
  });

  it("takes the next step when the same call comes again", async () => {
    const { id } = await filledIn(await clientFor(sandbox));
    await next(id);
    const { json } = await next(id);
    assert.equal((json as { currentTask: { elementId: string } }).currentTask.elementId, "Task_3");
  });

  it("gives feedback in each of its ways", async () => {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client);
    await next(id);
    await next(id);
    const waiting = await raw(`${address(id)}/feedback`, { token });
    assert.deepEqual([waiting.status, waiting.text], [409, "has not yet received feedback. Try again later."]);
    await control(sandbox.issuer, "POST", "/settings", { feedback: "blocking" });
    const blocked = client.feedback(id);
    sandbox.clock.now += 10_000;
    assert.equal((await blocked).state, "provided");
    await control(sandbox.issuer, "POST", "/settings", { feedback: "missing" });
    for (const path of ["/feedback", "/feedback/status"]) {
      assert.equal((await raw(address(id) + path, { token })).status, 404);
    }
  });

  it("describes itself: metadata, process and policy without a token", async () => {
    const { altinnAppUrl } = sandbox.description;
    const metadata = await raw(`${altinnAppUrl}/api/v1/applicationmetadata`);
    assert.match(metadata.text, /^\{"id":"skd\/mva-melding-innsending-test"/);
    const process = await raw(`${altinnAppUrl}/api/v1/meta/process`);
    assert.match(process.text, /<bpmn:task id="Task_3" name="Tilbakemelding">/);
    const client = await clientFor(sandbox, accountantWithoutSigning);
    assert.match(await client.policy(), /A0239/);
  });
});
