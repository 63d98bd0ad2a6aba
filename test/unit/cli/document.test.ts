import assert from "node:assert/strict";
import { isOurs } from "../../../src/cli/document.ts";
import { recogniseStart } from "../../../src/extension/editor/recognition.ts";
import { documentIdentities, recogniseDocument } from "../../../src/vatReturn/documentType.ts";
import { parseXml } from "../../../src/vatReturn/scanner.ts";

/** Whole documents; the core's answer is the right one, the quick looks of terminal and editor must not differ. */
const documents: readonly (readonly [text: string, ours: boolean])[] = [
  ...Object.values(documentIdentities).flatMap(({ rootName, namespace }) => [
    [`<${rootName} xmlns="${namespace}"/>`, true] as const,
    [`<?xml version="1.0"?><!-- a --><p:${rootName} xmlns:p="${namespace}"></p:${rootName}>`, true] as const,
    [`<${rootName} xmlns="urn:x"></${rootName}>`, true] as const,
    [`<${rootName}X xmlns="${namespace}"/>`, true] as const,
    [`<${rootName}X xmlns="urn:x"/>`, false] as const,
  ]),
  ["<html></html>", false],
  ["<html><mvaMeldingDto/></html>", false],
];

describe("the three looks that recognise a document", () => {
  for (const [text, ours] of documents)
    it(`agree on ${text}`, () => {
      assert.equal(recogniseDocument(parseXml(text)).documentType !== null, ours, "the core");
      assert.equal(recogniseStart(text) === "recognised", ours, "the editor");
      assert.equal(isOurs(Buffer.from(`${text}\n`)), ours, "the terminal");
    });
});
