import type { Text } from "../../vatReturn/text.ts";
import { testEnvironment } from "../environments.ts";
import type { ServerWords } from "./problem.ts";

/** Who can sign in to ID-porten's test environment, as a sentence to add; empty for another issuer. */
export function onlyTenor(issuer: string): Text {
  return issuer === testEnvironment.issuer
    ? {
        en: " In the test environment only synthetic persons from Tenor can sign in.",
        nb: " I testmiljøet kan bare syntetiske personer fra Tenor logge inn.",
      }
    : { en: "", nb: "" };
}

/** "3 min 20 s ahead of": positive when this machine's clock is ahead. */
export function clockDifference(seconds: number): Text {
  const whole = Math.abs(Math.round(seconds));
  const parts = [
    { size: 86_400, en: "d", nb: "d" },
    { size: 3600, en: "h", nb: "t" },
    { size: 60, en: "min", nb: "min" },
    { size: 1, en: "s", nb: "s" },
  ];
  const amount = (language: "en" | "nb"): string => {
    let rest = whole;
    const words: string[] = [];
    for (const part of parts) {
      const count = Math.floor(rest / part.size);
      rest -= count * part.size;
      if (count > 0 && words.length < 2) words.push(`${count} ${part[language]}`);
    }
    return words.join(" ");
  };
  return seconds > 0
    ? { en: `${amount("en")} ahead of`, nb: `${amount("nb")} foran` }
    : { en: `${amount("en")} behind`, nb: `${amount("nb")} bak` };
}

export function said(server: ServerWords | null): Text {
  const words = [server?.error, server?.description].filter(
    (word) => word !== null && word !== undefined && word !== "",
  );
  if (words.length === 0) return { en: "", nb: "" };
  return { en: ` (it says: ${words.join(", ")})`, nb: ` (den sier: ${words.join(", ")})` };
}

export function inParentheses(code: string | null): string {
  return code === null ? "" : ` (${code})`;
}
