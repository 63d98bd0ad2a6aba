import assert from "node:assert/strict";
import { request } from "node:http";
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

const megabytes25 = 26_214_400;
const invalid = "Invalid data provided. Error: ";

describe("sandbox: files on Altinn's instances", function () {
  this.timeout(180_000);
  let sandbox: AltinnSandbox;
  let token: string;
  let instance: string;
  let envelopeId: string;
  beforeEach(async () => {
    sandbox = await startAltinn();
    token = await altinnToken(sandbox);
    const created = await (await clientFor(sandbox)).createInstance(sampleOrganisation);
    instance = `${sandbox.description.altinnAppUrl}/instances/${created.id}`;
    envelopeId = created.data[0]?.id ?? "";
  });
  afterEach(() => sandbox.close());

  const settings = (change: Record<string, unknown>): Promise<unknown> =>
    control(sandbox.issuer, "POST", "/settings", change);

  interface Upload {
    readonly dataType?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Uint8Array;
    readonly path?: string;
    readonly method?: string;
  }
  const upload = ({
    dataType = "binaerVedlegg",
    headers = {},
    body = "%PDF",
    path,
    method,
  }: Upload): Promise<RawAnswer> =>
    raw(`${instance}${path ?? `/data?dataType=${dataType}`}`, {
      method: method ?? "POST",
      token,
      headers,
      body: typeof body === "string" ? Buffer.from(body) : new Uint8Array(body),
    });
  const pdf = { "content-type": "application/pdf", "content-disposition": "attachment; filename=a.pdf" };
  const xml = { "content-type": "text/xml", "content-disposition": "attachment; filename=a.xml" };
  const named = (disposition: string): Upload => ({ headers: { ...pdf, "content-disposition": disposition } });

  const stored: readonly (readonly [string, Upload, string])[] = [
    ["a plain name", named("attachment; filename=a.pdf"), "a.pdf"],
    ["a quoted name", named('attachment; filename="bilag 1.pdf"'), "bilag 1.pdf"],
    [
      "filename* before filename",
      named("attachment; filename=a.pdf; filename*=UTF-8''%C3%B8konomi.pdf"),
      "økonomi.pdf",
    ],
    ["a name with a slash", named('attachment; filename="a/b.pdf"'), "a_b.pdf"],
    ["the query's name in another spelling", { path: "/data?datatype=binaerVedlegg", headers: pdf }, "a.pdf"],
  ];
  for (const [what, given, fileName] of stored) {
    it(`stores ${what}`, async () => {
      const { status, json, headers } = await upload(given);
      assert.equal(status, 201);
      const element = json as { id: string; filename: string; size: number; contentType: string };
      assert.deepEqual([element.filename, element.size, element.contentType], [fileName, 4, "application/pdf"]);
      assert.equal(headers.get("location"), `${instance}/data/${element.id}`);
      const back = await raw(`${instance}/data/${element.id}`, { token });
      assert.equal(back.text, "%PDF");
      assert.equal(back.headers.get("content-type"), "application/pdf");
      assert.match(back.headers.get("content-disposition") ?? "", /^attachment; filename=.*; filename\*=UTF-8''/);
    });
  }

  const refused: readonly (readonly [string, Upload, string])[] = [
    [
      "no Content-Disposition",
      { headers: { "content-type": "application/pdf" } },
      "The request must include a Content-Disposition header",
    ],
    ["no name", named("attachment"), "The Content-Disposition header must contain a valid filename"],
    [
      "a name with a space, unquoted",
      named("attachment; filename=bilag 1.pdf"),
      "The Content-Disposition header must contain a valid filename",
    ],
    [
      "a name with a bracket, unquoted",
      named("attachment; filename=a(1).pdf"),
      "The Content-Disposition header must contain a valid filename",
    ],
    [
      "a raw ø",
      named("attachment; filename=\u00f8.pdf"),
      "The Content-Disposition header must contain a valid filename",
    ],
    [
      "a name without a dot",
      named("attachment; filename=bilag"),
      "Invalid format for filename: bilag. Filename is expected to end with '.{filetype}'.",
    ],
    [
      "no content type",
      { headers: { "content-disposition": pdf["content-disposition"] } },
      "Content-Type header must be included in request.",
    ],
    [
      "a type that is not the extension's",
      { headers: { ...pdf, "content-type": "image/png" } },
      "Content type header image/png does not match mime type application/pdf for uploaded file. Please fix header or upload another file.",
    ],
    [
      "a charset behind the type",
      { headers: { ...xml, "content-type": "text/xml; charset=utf-8" } },
      "Content type header text/xml; charset=utf-8 does not match mime type text/xml for uploaded file. Please fix header or upload another file.",
    ],
    [
      "an unknown extension",
      { headers: { "content-type": "text/plain", "content-disposition": "attachment; filename=a.exe" } },
      "Content type header text/plain does not match mime type application/octet-stream for uploaded file. Please fix header or upload another file.",
    ],
    ["nothing in it", { headers: pdf, body: "" }, "The file is zero bytes."],
  ];
  for (const [what, given, description] of refused) {
    it(`refuses ${what}, with a JSON string`, async () => {
      const { status, json } = await upload(given);
      assert.deepEqual([status, json], [400, invalid + description]);
    });
  }

  const notAllowed: readonly (readonly [string, string, string])[] = [
    ["binaerVedlegg", "text/csv", "a.csv"],
    ["binaerVedlegg", "text/plain", "a.txt"],
    ["binaerVedlegg", "application/zip", "a.zip"],
    ["binaerVedlegg", "application/octet-stream", "a.pdf"],
    ["mvamelding", "application/xml", "a.xml"],
    ["mvamelding", "application/pdf", "a.pdf"],
  ];
  for (const [dataType, contentType, fileName] of notAllowed) {
    it(`refuses ${contentType} as ${dataType}, and says what it takes`, async () => {
      const headers = { "content-type": contentType, "content-disposition": `attachment; filename=${fileName}` };
      const { status, json } = await upload({ dataType, headers });
      assert.equal(status, 400);
      assert.ok(
        String(json).startsWith(`${invalid}Invalid content type: ${contentType}. Please try another file.`),
        String(json),
      );
      assert.match(String(json), /Permitted content types include: text\/xml/);
    });
  }

  it("refuses data types that it does not have, by letter", async () => {
    for (const path of ["/data", "/data?dataType=vedlegg", "/data?dataType=BinaerVedlegg"]) {
      assert.equal((await upload({ path, headers: pdf })).status, 400, path);
    }
    await settings({ library: "v7" });
    assert.equal((await upload({ path: "/data?dataType=BinaerVedlegg", headers: pdf })).status, 201);
  });

  it("takes 25 MB and not a byte more: 400 by the announced length, 413 without one", async () => {
    const most = Buffer.alloc(megabytes25, 1);
    assert.equal((await upload({ headers: pdf, body: most })).status, 201);
    const tooMuch = Buffer.alloc(megabytes25 + 1, 1);
    const announced = await upload({ headers: pdf, body: tooMuch });
    assert.deepEqual(
      [announced.status, announced.json],
      [400, `${invalid}Binary attachment exceeds limit of 26214400`],
    );
    const chunked = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${instance}/data?dataType=binaerVedlegg`,
        { method: "POST", headers: { ...pdf, authorization: `Bearer ${token}`, "transfer-encoding": "chunked" } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on("error", reject);
      sent.end(tooMuch);
    });
    assert.equal(chunked, 413);
  });

  it("counts at once in newer versions, and at the end in older ones", async () => {
    assert.equal((await upload({ dataType: "mvamelding", headers: xml, body: "<a/>" })).status, 201);
    const second = await upload({ dataType: "mvamelding", headers: xml, body: "<a/>" });
    assert.equal(second.status, 409);
    assert.match(
      second.text,
      /"title":"Max Count Exceeded".*"detail":"Cannot create more than 1 data elements of type mvamelding"/,
    );
    await settings({ library: "v7" });
    assert.equal((await upload({ dataType: "mvamelding", headers: xml, body: "<a/>" })).status, 201);
    const issues = await raw(`${instance}/validate`, { token });
    assert.match(issues.text, /"severity":"Error".*"field":"mvamelding","code":"TooManyDataElementsOfType"/);
  });

  it("takes 57 attachments", async () => {
    for (let index = 0; index < 57; index++) assert.equal((await upload({ headers: pdf })).status, 201);
    assert.equal((await upload({ headers: pdf })).status, 409);
  });

  it("answers the newer route with the whole instance", async () => {
    const { status, json } = await upload({ path: "/data/binaerVedlegg", headers: pdf });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(json as object), [
      "newDataElementId",
      "instance",
      "validationIssues",
      "newDataModels",
    ]);
  });

  describe("the envelope", () => {
    const put = async (body: string, contentType = "application/xml"): Promise<RawAnswer> =>
      upload({ path: `/data/${envelopeId}`, method: "PUT", headers: { "content-type": contentType }, body });

    it("is stored with and without its namespace, and written anew without what is unknown", async () => {
      const text = envelopeFor(await sampleReturn());
      for (const xmlText of [
        text,
        text.replace(/ xmlns="[^"]*"/, ""),
        text.replace("<vedlegg>", "<ukjent>1</ukjent><vedlegg>"),
      ]) {
        assert.equal((await put(xmlText)).status, 201);
        const back = await raw(`${instance}/data/${envelopeId}`, { token, headers: { accept: "application/xml" } });
        assert.match(back.text, /<organisasjonsnummer>314552105<\/organisasjonsnummer>/);
        assert.ok(!back.text.includes("ukjent") && !back.text.includes('xmlns="'));
      }
      const asJson = await raw(`${instance}/data/${envelopeId}`, { token });
      assert.equal((asJson.json as { meldingskategori: string }).meldingskategori, "alminnelig");
    });

    const refusals: readonly (readonly [string, string, string, number])[] = [
      ["text/plain", "<a/>", "text/plain", 415],
      ["what is not well-formed", "<mvaMeldingInnsending>", "application/xml", 400],
      ["another document", "<mvaMeldingDto/>", "application/xml", 400],
    ];
    for (const [what, body, contentType, status] of refusals) {
      it(`is not ${what}`, async () => {
        const answer = await put(body, contentType);
        assert.equal(answer.status, status);
        assert.match(answer.headers.get("content-type") ?? "", /^application\/problem\+json/);
      });
    }

    it("is answered with 200 or 303 where the app changes it", async () => {
      const text = envelopeFor(await sampleReturn());
      for (const envelopeStatus of [200, 303]) {
        await settings({ envelopeStatus });
        const answer = await put(text);
        assert.equal(answer.status, envelopeStatus);
        assert.match(answer.text, /"changedFields"/);
      }
    });

    it("can't be deleted", async () => {
      const { status, text } = await raw(`${instance}/data/${envelopeId}`, { method: "DELETE", token });
      assert.deepEqual([status, text], [400, "Cannot delete the only data element of a class with app logic"]);
    });
  });

  it("lock when the filling in is completed: for PUT, not for DELETE, and archived for everything", async () => {
    const client = await clientFor(sandbox);
    const { id } = await filledIn(client, ["a.pdf"]);
    const address = `${sandbox.description.altinnAppUrl}/instances/${id}`;
    await client.next(id, "fillIn");
    const { data } = await client.instance(id);
    const locked = data.filter((element) => element.locked).map(({ dataType }) => dataType);
    assert.equal(locked.length, 3);
    const idOf = (dataType: string): string => data.find((element) => element.dataType === dataType)?.id ?? "";
    const bytes = await sampleReturn();
    const putAgain = await raw(`${address}/data/${data[0]?.id ?? ""}`, {
      method: "PUT",
      token,
      headers: { "content-type": "application/xml" },
      body: envelopeFor(bytes),
    });
    assert.equal(putAgain.status, 409);
    assert.ok(!putAgain.text.includes("locked"));

    const assistant = await clientFor(sandbox, accountantWithoutSigning);
    await assert.rejects(assistant.addData(id, pdfUpload("b.pdf")), { status: 403 });
    await client.deleteData(id, idOf("binaerVedlegg"));
    await client.addData(id, pdfUpload("a.pdf"));

    await client.next(id, "submit");
    await assert.rejects(client.addData(id, pdfUpload("c.pdf")), { status: 403 });
    sandbox.clock.now += 10_000;
    await client.instance(id);
    await assert.rejects(client.addData(id, returnUpload(bytes)), { status: 409 });
    await assert.rejects(client.deleteData(id, idOf("mvamelding")), { status: 409 });
  });
});
