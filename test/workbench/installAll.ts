/** `node --import tsx test/workbench/installAll.ts [newest|lowest|all]`: installs what the tests need, ahead of time. */
import { ensureChromium } from "./chromium.ts";
import { lowestHost, newestHost } from "./hostVersions.ts";
import { ensureHost } from "./install.ts";
import { ensureJava } from "./java.ts";
import { endWith, say } from "./say.ts";

await endWith(async () => {
  const which = process.argv[2] ?? "newest";
  const hosts = { newest: [newestHost], lowest: [lowestHost], all: [newestHost, lowestHost] }[which];
  if (hosts === undefined) throw new Error(`Say newest, lowest or all, not ${which}.`);
  for (const version of hosts) say((await ensureHost(version, say)).serverMain);
  say(await ensureChromium(say));
  say((await ensureJava(say)).javac);
  return 0;
});
