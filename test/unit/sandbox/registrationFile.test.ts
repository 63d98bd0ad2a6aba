import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createIntegration, integrationText, usualAnswers } from "../../../src/integration/kinds.ts";
import { readRegistration, RegistrationError } from "../../../src/sandbox/registration.ts";

describe("a registration file for the sandbox", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "mva-registration-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const right = integrationText(createIntegration("desktop", usualAnswers));

  /** What is told of a file that holds this, the folder left out. */
  async function told(content: string): Promise<string> {
    const file = join(folder, "ours.idporten.json");
    await writeFile(file, content);
    const error: unknown = await readRegistration(file).then(
      () => null,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RegistrationError, "the file is refused");
    return error.message.replaceAll(`${folder}/`, "").replaceAll(`${folder}\\`, "");
  }

  it("becomes a client, with a mark of byte order too", async () => {
    const file = join(folder, "right.idporten.json");
    await writeFile(file, `\ufeff${right}`);
    const { client_name: name, redirect_uris: redirects } = await readRegistration(file);
    assert.equal(name, "MVA-melding");
    assert.equal(redirects[0], "http://127.0.0.1:0/callback");
  });

  const cases: readonly (readonly [what: string, content: string, message: RegExp])[] = [
    ["a text that is no JSON", "client_id=abc\n", /^ours\.idporten\.json:1:1: The file is not JSON from here on/],
    [
      "a comma that is missing",
      '{\n  "client_name": "a"\n  "scopes": []\n}\n',
      /^ours\.idporten\.json:3:3: The file is not JSON from here on, .*comma.*“mva integration create”/,
    ],
    ["a file that breaks off", '{\n  "scopes": [', /^ours\.idporten\.json:2:13: /],
    ["an empty file", "\ufeff \n", /^ours\.idporten\.json: The file is empty\. “mva integration create” makes/],
    ["a list", "[]", /^ours\.idporten\.json:1:1: A registration is an object/],
    ["a number", "7", /^ours\.idporten\.json:1:1: A registration is an object/],
    ["a file that is far too large", `{"a":"${"x".repeat(300_000)}"}`, /far larger than a registration/],
    [
      "two fields that ID-porten would refuse, each at its place",
      right.replace('"native"', '"desktop"').replace('"http://localhost:12345/token"', '"nonsense"'),
      /^ours\.idporten\.json:\d+:23: application_type: “desktop” is no value of[^\n]*\nours\.idporten\.json:\d+:5: redirect_uris\[1\]: “nonsense” is not a whole address[^\n]*$/,
    ],
  ];
  for (const [what, content, message] of cases) {
    it(`is told of ${what}`, async () => {
      assert.match(await told(content), message);
    });
  }

  it("is told of where it is not there, or is a folder", async () => {
    const missing = join(folder, "missing.json");
    await assert.rejects(readRegistration(missing), {
      message: `${missing} can't be read: there is no such file. “mva integration create” makes a registration.`,
    });
    const inside = join(folder, "inside");
    await mkdir(inside);
    await assert.rejects(readRegistration(inside), /inside can't be read: it is a folder\./);
  });
});
