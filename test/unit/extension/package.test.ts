import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { packageExtension, packageFolder } from "../../workbench/project.ts";

/** What is published, chunk hashes left out. */
const expected = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/THIRD-PARTY-NOTICES.txt",
  "dist/extension.cjs",
  "dist/integration.cjs",
  "dist/sandbox-chunk-HASH.js",
  "dist/sandbox-libxmlEngine-HASH.js",
  "dist/sandbox-schemaFiles-HASH.js",
  "dist/sandbox.js",
  "dist/signIn.cjs",
  "dist/submission.cjs",
  "dist/validator-chunk-HASH.mjs",
  "dist/validator-libxmlEngine-HASH.mjs",
  "dist/validator-schemaFiles-HASH.mjs",
  "dist/validator.mjs",
  "docs/integration.md",
  ...readdirSync("docs/rules")
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/rules/${file}`),
  "l10n/bundle.l10n.nb.json",
  "media/get-access.md",
  "media/get-access.nb.md",
  "media/icon.png",
  "media/mva.svg",
  "package.json",
  "package.nls.json",
  "package.nls.nb.json",
  "schemas/envelope.xsd",
  "schemas/idporten-integration.schema.json",
  "schemas/paymentInformation.xsd",
  "schemas/submissionStatus.xsd",
  "schemas/taxpayer-facts.schema.json",
  "schemas/validationResult.xsd",
  "schemas/vatReturn.xsd",
].sort();

/** The helper for a second opinion is there where the machine that packages has a JDK. */
const onlyWithJava = /^dist\/java\//;

describe("the packaged extension", function () {
  this.timeout(600_000);
  let vsix = "";
  before(async () => {
    vsix = await packageExtension();
  });

  it("holds exactly what the product needs", async () => {
    const files = await listFiles({ cwd: packageFolder, packageManager: PackageManager.None });
    const named = files
      .map((file) => file.replaceAll("\\", "/").replace(/-[A-Z0-9]{8}\.(m?js)$/, "-HASH.$1"))
      .filter((file) => !onlyWithJava.test(file));
    assert.deepEqual([...new Set(named)].sort(), expected);
  });

  it("has a main of at most 150 kB and weighs at most 2 MB", async () => {
    const main = (await stat(join(packageFolder, "dist", "extension.cjs"))).size;
    const whole = (await stat(vsix)).size;
    assert.ok(main <= 150_000, `dist/extension.cjs has ${main} bytes`);
    assert.ok(whole <= 2_000_000, `the .vsix has ${whole} bytes`);
  });

  it("names the licence of everything bundled, with its words", () => {
    const notices = readFileSync(join(packageFolder, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
    for (const name of ["libxml2-wasm", "oidc-provider", "openid-client", "valibot"]) {
      assert.ok(new RegExp(`^${name} [0-9.]+$`, "m").test(notices), name);
    }
    assert.ok(notices.includes("Daniel Veillard"), "the words of libxml2 itself");
  });

  it("links to no file that it does not hold", () => {
    const readme = readFileSync(join(packageFolder, "README.md"), "utf8");
    assert.doesNotMatch(readme, /\]\((?!https?:)/);
  });
});
