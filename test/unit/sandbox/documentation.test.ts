import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { usage } from "../../../src/sandbox/arguments.ts";
import { defaultSettings, scenarios } from "../../../src/sandbox/altinn/settings.ts";
import { callFaultKinds, callNames } from "../../../src/sandbox/callFaults.ts";
import { defaultClientIds } from "../../../src/sandbox/clients.ts";
import { faultDefinitions } from "../../../src/sandbox/faults.ts";
import { logLevels } from "../../../src/sandbox/log.ts";
import { start } from "./support.ts";

describe("sandbox: its page in the documentation", () => {
  let text: string;
  before(async () => {
    text = await readFile(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");
  });

  it("names every fault, and none that there is not", () => {
    const table = text.slice(text.search(/^\| place +\| faults/m), text.indexOf("## The rest of the control API"));
    const parameters = ["scope", "seconds", "milliseconds", "endpoint"];
    const named = [...table.matchAll(/`([A-Za-z]+)`/g)]
      .map(([, name]) => name)
      .filter((name) => !parameters.includes(name ?? ""));
    assert.deepEqual(named.sort(), Object.keys(faultDefinitions).sort());
  });

  it("names every option and log level", () => {
    for (const [option] of usage.matchAll(/--[a-z-]+/g)) assert.ok(text.includes(option), option);
    for (const level of logLevels) assert.ok(text.includes(`\`${level}\``), level);
  });

  it("names every scenario, setting, call and kind of fault", () => {
    const own = text.slice(text.indexOf("## Validation and Altinn"), text.indexOf("## What it cannot prove"));
    for (const names of [scenarios, defaultSettings, callFaultKinds]
      .map((each) => Object.keys(each))
      .concat([[...callNames]])) {
      for (const name of names) assert.ok(own.includes(`\`${name}\``), name);
    }
    const kinds = own.slice(own.search(/^\| kind/m)).matchAll(/^\| `(\w+)`/gm);
    assert.deepEqual([...kinds].map(([, name]) => name).sort(), Object.keys(callFaultKinds).sort());
  });

  it("shows the line of JSON as it is", async () => {
    const sandbox = await start();
    const example = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? "") as typeof sandbox.description;
    const { description } = sandbox;
    await sandbox.close();
    assert.deepEqual(Object.keys(example).sort(), Object.keys(description).sort());
    assert.deepEqual(
      example.clients[0],
      description.clients.find(({ clientId }) => clientId === defaultClientIds.desktop),
    );
    assert.deepEqual({ ...example.persons[0], organisations: [] }, { ...description.persons[0], organisations: [] });
    assert.deepEqual(example.persons[0]?.organisations[0], description.persons[0]?.organisations[0]);
  });
});
