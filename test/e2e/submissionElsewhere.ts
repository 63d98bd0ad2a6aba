import { mkdtemp, readFile, rm } from "node:fs/promises";
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAltinnClient } from "../../src/services/altinn/client.ts";
import type { IdPortenToken } from "../../src/submission/altinnTokens.ts";
import { prepareSubmission } from "../../src/submission/prepare.ts";
import { createSubmissionStore } from "../../src/submission/store.ts";
import { createSubmissions } from "../../src/submission/submissions.ts";
import { parseXml } from "../../src/vatReturn/scanner.ts";
import { readVatReturn } from "../../src/vatReturn/vatReturn.ts";
import { caller } from "../unit/sandbox/altinn/support.ts";
import { claims, manager, signIn } from "../unit/sandbox/support.ts";

/** The sandbox that is steered from there, as another program sees it. */
function environmentAt(control: string): {
  readonly name: string;
  readonly platformUrl: string;
  readonly appUrl: string;
} {
  const issuer = control.replace("/sandbox/control", "");
  return {
    name: "sandbox",
    platformUrl: `${issuer}/altinn-platform`,
    appUrl: `${issuer}/skd/mva-melding-innsending-test`,
  };
}

async function signInElsewhere(control: string): Promise<IdPortenToken> {
  const issuer = control.replace("/sandbox/control", "");
  const { body } = await signIn(issuer, { login_hint: `testid:${manager}_idporten-loa-high` });
  const value = String(body["access_token"]);
  return { value, expiresAt: Number(claims(value)["exp"]) * 1000 };
}

/** Begins a submission as another program would. @returns the id of an instance that holds an empty envelope alone */
export async function beginElsewhere(control: string, organisationNumber: string): Promise<string> {
  const { value } = await signInElsewhere(control);
  const environment = environmentAt(control);
  const token = await createAltinnClient(environment, caller(), () => Promise.resolve("")).exchange(value);
  const client = createAltinnClient(environment, caller(), () => Promise.resolve(token));
  return (await client.createInstance(organisationNumber)).id;
}

/** Fills a return in as another program would, with a state folder of its own. @returns the instance's id */
export async function fillInElsewhere(control: string): Promise<string> {
  const elsewhere = await mkdtemp(join(tmpdir(), "mva-elsewhere-"));
  try {
    const token = await signInElsewhere(control);
    const environment = environmentAt(control);
    const store = createSubmissionStore(elsewhere);
    const bytes = await readFile("samples/clean-general.xml");
    const { root } = parseXml(bytes.toString("utf8"));
    assert.ok(root !== null);
    const prepared = await prepareSubmission(
      {
        environment,
        bytes,
        vatReturn: readVatReturn(root),
        sourcePath: "",
        fileName: "clean-general.xml",
        attachments: [],
        envelope: null,
        createdBy: "Test",
        goal: "fillIn",
        outFolder: "",
      },
      store,
      new Date(),
    );
    const submissions = createSubmissions({ environment, store, idPortenToken: () => Promise.resolve(token), fetch });
    const { instanceId } = await submissions.run(prepared.id);
    assert.ok(instanceId !== null);
    return instanceId;
  } finally {
    await rm(elsewhere, { recursive: true, force: true });
  }
}
