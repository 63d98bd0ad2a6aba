import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { listFiles, PackageManager } from "@vscode/vsce";
import { packageExtension } from "../../workbench/project.ts";

/** What is published, chunk hashes left out. */
const expected = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/extension.cjs",
  "dist/sandbox.js",
  "dist/signIn.cjs",
  "dist/validator-chunk-HASH.mjs",
  "dist/validator-libxmlEngine-HASH.mjs",
  "dist/validator-schemaFiles-HASH.mjs",
  "dist/validator.mjs",
  "l10n/bundle.l10n.nb.json",
  "media/icon.png",
  "package.json",
  "package.nls.json",
  "package.nls.nb.json",
  "schemas/envelope.xsd",
  "schemas/paymentInformation.xsd",
  "schemas/submissionStatus.xsd",
  "schemas/taxpayer-facts.schema.json",
  "schemas/validationResult.xsd",
  "schemas/vatReturn.xsd",
];

/** The helper for a second opinion is there where the machine that packages has a JDK. */
const onlyWithJava = /^dist\/java\//;

describe("the packaged extension", function () {
  this.timeout(180_000);
  let vsix = "";
  before(async () => {
    vsix = await packageExtension();
  });

  it("holds exactly what the product needs", async () => {
    const files = await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None });
    const named = files
      .map((file) => file.replaceAll("\\", "/").replace(/-[A-Z0-9]{8}\.mjs$/, "-HASH.mjs"))
      .filter((file) => !onlyWithJava.test(file));
    assert.deepEqual([...new Set(named)].sort(), expected);
  });

  it("has a main of at most 150 kB and weighs at most 1 MB", async () => {
    const main = (await stat("dist/extension.cjs")).size;
    const whole = (await stat(vsix)).size;
    assert.ok(main <= 150_000, `dist/extension.cjs has ${main} bytes`);
    assert.ok(whole <= 1_000_000, `the .vsix has ${whole} bytes`);
  });
});
