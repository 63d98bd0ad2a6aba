import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultClientIds } from "../../src/sandbox/clients.ts";
import { createSubmissionStore } from "../../src/submission/store.ts";
import { readTranscript } from "../../src/submission/transcript.ts";
import {
  answerFileDialog,
  controlUrl,
  journalsOf,
  openChecklist,
  post,
  submit,
  treeRow,
} from "./harness/submissions.ts";
import { withWorkbench } from "./harness/withWorkbench.ts";
import { beginElsewhere } from "./submissionElsewhere.ts";

const settings = { "mvaMelding.rules.today": "2026-06-01" };

describe("a submission that takes more than one turn", function () {
  this.timeout(300_000);
  let home = "";
  let control = "";
  const workbench = withWorkbench(async () => {
    home = await mkdtemp(join(tmpdir(), "mva-home-"));
    return { settings, environment: { MVA_HOME: home } };
  });
  beforeEach(() => workbench().run("Notifications: Clear All Notifications"));
  after(() => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

  /** Registers the product's own client anew, as its owner may do at any time. */
  const giveTokensOf = (seconds: number): Promise<void> =>
    post(`${control}/clients`, {
      client_id: defaultClientIds.desktop,
      application_type: "native",
      integration_type: "api_klient",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1:0/callback"],
      scopes: [
        "openid",
        "profile",
        "skatteetaten:mvameldingvalidering",
        "altinn:instances.read",
        "altinn:instances.write",
      ],
      access_token_lifetime: seconds,
    });
  /** Does something that has the user sign in, where ID-porten remembers who that is. */
  const signingInAgain = async (act: () => Promise<void>): Promise<void> => {
    const [page] = await Promise.all([workbench().context.waitForEvent("page"), act()]);
    await page.getByText("You can close this page").waitFor();
    await page.close();
  };
  const statusesOf = async (id: string): Promise<readonly number[]> =>
    (await readTranscript(createSubmissionStore(home), id)).map(({ response }) => response?.status ?? 0);

  it("renews a sign-in with too little time left before anything is sent", async () => {
    await workbench().openFile("clean-primary-industry.xml");
    await workbench().run("MVA: Focus on Submissions View");
    await workbench().run("MVA: Start sandbox");
    control = await controlUrl(workbench());
    await giveTokensOf(59);
    await workbench().run("MVA: Submit VAT return");
    const signInRow = workbench().quickInputRow("Sign in to “sandbox” first").first();
    await signInRow.waitFor();
    const [page] = await Promise.all([workbench().context.waitForEvent("page"), signInRow.click()]);
    await page.getByRole("button", { name: "Modig Furustamme" }).click();
    await giveTokensOf(3600);
    await workbench().quickInputRow("more seconds: you are asked to sign in again first").first().waitFor();
    await workbench().screenshot("turns-short-session");
    await signingInAgain(() => workbench().quickInputRow("Submit to “sandbox”").first().click());
    await page.close();
    await workbench().notification(/Accepted \(sandbox\)/);
    const [journal] = await journalsOf(home);
    assert.equal(journal?.category, "primaernaering");
    const steps = journal.steps.map(({ name }) => name);
    assert.deepEqual(steps.slice(0, 2), ["exchange", "createInstance"], "one token for the whole");
    assert.equal(steps.filter((name) => name === "exchange").length, 1);
    await openChecklist(workbench());
    await workbench().quickInputRow("more minutes.").first().waitFor();
  });

  it("signs in again where Altinn refuses the token in the middle, and goes on", async () => {
    await post(`${control}/faults`, { call: "submit", kind: "unauthorised" });
    await workbench().openFile("clean-reverse-charge.xml");
    await signingInAgain(() => submit(workbench()));
    await workbench().notification(/Accepted \(sandbox\)/);
    const [journal] = await journalsOf(home);
    assert.deepEqual([journal?.category, journal?.verdict], ["omvendtAvgiftsplikt", "accepted"]);
    assert.deepEqual(
      (await statusesOf(journal?.id ?? "")).filter((status) => status >= 400),
      [401],
    );
  });

  it("sends the user's own envelope, once it fits the return", async () => {
    const { folder } = workbench();
    const fitting = await readFile(join(folder, "envelope.xml"), "utf8");
    const other = fitting.replace(">alminnelig<", ">kompensasjon<");
    assert.notEqual(other, fitting);
    await writeFile(join(folder, "other-envelope.xml"), other);
    await workbench().openFile("clean-general.xml");
    await openChecklist(workbench());
    const own = workbench().quickInputRow("Use an envelope of my own").first();
    await own.click();
    await answerFileDialog(workbench(), "Choose an envelope", join(folder, "other-envelope.xml"));
    await workbench().quickInputRow("Can't be submitted yet").first().waitFor();
    await workbench().screenshot("turns-other-envelope");
    await workbench().quickInputRow("kompensasjon").first().click();
    await own.click();
    await answerFileDialog(workbench(), "Choose an envelope", join(folder, "envelope.xml"));
    await workbench().quickInputRow("Your own envelope fits the return.").first().waitFor();
    await workbench().screenshot("turns-own-envelope");
    await workbench().quickInputRow("Submit to “sandbox”").first().click();
    await workbench().notification(/Accepted \(sandbox\)/);
    const [journal] = await journalsOf(home);
    assert.deepEqual([journal?.category, journal?.verdict], ["alminnelig", "accepted"]);
    assert.equal(journal?.envelope.own, true);
    assert.equal(await createSubmissionStore(home).content(journal).envelope(), fitting);
  });

  it("has the user choose where several drafts may be the one whose creation got no answer", async () => {
    await post(`${control}/faults`, { call: "createInstance", kind: "resetAfter" });
    for (const call of ["openInstances", "activeInstances"])
      await post(`${control}/faults`, { call, kind: "notFound" });
    await workbench().openFile("clean-compensation.xml");
    await submit(workbench());
    await workbench().notification("Listing the unfinished instances: Altinn answered 404");
    // Another program begins one for the same organisation meanwhile.
    const [stopped] = await journalsOf(home);
    assert.equal(stopped?.instanceId, null);
    const other = await beginElsewhere(control, stopped.organisationNumber);
    await workbench().answerNotification("Listing the unfinished instances", "Try again");
    await workbench().answerDialog("Go on and submit");
    await workbench().answerNotification("it can't be told which one belongs to this submission", "Choose the draft");
    const drafts = workbench().quickInputRow("Without period");
    await drafts.nth(1).waitFor();
    await workbench().screenshot("turns-choose-draft");
    const mine = (await instances()).find(({ id, steps }) => id !== other && steps === 0);
    assert.ok(mine !== undefined);
    await drafts.filter({ hasText: mine.id }).click();
    await workbench().answerDialog("Go on and submit");
    await workbench().notification(/Accepted \(sandbox\): .*314552105/);
    const [journal] = await journalsOf(home);
    assert.deepEqual([journal?.category, journal?.verdict, journal?.instanceId], ["kompensasjon", "accepted", mine.id]);
    const after = new Map((await instances()).map(({ id, steps }) => [id, steps]));
    assert.deepEqual([after.get(mine.id), after.get(other)], [2, 0], "the other one stays as it is");
    await treeRow(workbench(), "Submissions", "Accepted").nth(3).waitFor();
  });

  async function instances(): Promise<readonly { readonly id: string; readonly steps: number }[]> {
    const answer = (await (await fetch(`${control}/instances`)).json()) as {
      instances: { id: string; steps: number }[];
    };
    return answer.instances;
  }
});
