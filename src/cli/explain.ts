import type { Language } from "../vatReturn/text.ts";
import { documentationUrl, explainRule } from "../validation/rules/explain.ts";
import { rules } from "../validation/rules/index.ts";
import type { Rule } from "../validation/rules/rule.ts";
import { closestTo } from "./closest.ts";
import { coloursWanted } from "./language.ts";
import { write } from "./output.ts";
import { wrap } from "./report/wrap.ts";
import { UsageError } from "./usageError.ts";

const widest = 100;

/**
 * `mva explain`: one rule in words.
 * @param named a number such as `R018`, `r018` or `18`, or an official identifier
 * @throws UsageError where there is no such rule
 */
export async function explain(named: string, language: Language): Promise<number> {
  const rule = findRule(named);
  const { isTTY, columns } = process.stdout;
  const width = isTTY ? Math.min(columns, widest) : widest;
  const page = `${language === "nb" ? "Siden om regelen" : "The rule's page"}: ${documentationUrl(rule.number)}`;
  const text = forTerminal(explainRule(rule.number, language), width, coloursWanted(process.env, isTTY));
  await write(`${text.trimEnd()}\n\n${page}\n`);
  return 0;
}

function findRule(named: string): Rule {
  const wanted = /^r?\d{1,3}$/i.test(named) ? `R${named.replace(/^r/i, "").padStart(3, "0")}` : named;
  const found = rules.find(({ number, identifiers }) => number === wanted || identifiers.includes(wanted));
  if (found !== undefined) return found;
  const near = closestTo(
    wanted,
    rules.flatMap(({ number, identifiers }) => (/^R\d+$/.test(wanted) ? [number] : identifiers)),
  );
  throw new UsageError({
    en: `There is no rule “${named}” in force.${near === null ? " mva rules lists them." : ` Is ${near} meant? mva rules lists them.`}`,
    nb: `Det finnes ingen gjeldende regel «${named}».${near === null ? " mva rules lister dem." : ` Er ${near} ment? mva rules lister dem.`}`,
  });
}

/** The explanation's Markdown (headings, paragraphs, lists, links, code) as plain lines. */
function forTerminal(markdown: string, width: number, colours: boolean): string {
  const lines = markdown.split("\n").flatMap((line) => {
    const heading = /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) return [colours ? `\u001b[1m${heading}\u001b[0m` : heading];
    const plain = line
      .replace(/\[([^\]]*)\]\(([^)]*)\)/g, "$1: $2")
      .replace(/\*\*([^*]+)\*\*/g, "$1")
      .replace(/`([^`]+)`/g, "$1");
    return wrap(plain, width);
  });
  return lines.join("\n");
}
