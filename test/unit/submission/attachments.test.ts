import assert from "node:assert/strict";
import { attachmentLimits, checkAttachments } from "../../../src/submission/attachments.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const zipHead = [0x50, 0x4b, 3, 4, ...new Array<number>(26).fill(0)];
const compound = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "rest");
const office = (folder: string): Uint8Array => bytes(zipHead, "[Content_Types].xml", folder);
const openDocument = (kind: string): Uint8Array => bytes(zipHead, `mimetypeapplication/vnd.oasis.opendocument.${kind}`);
const pdf = bytes("%PDF-1.7 …");

describe("checking attachments", () => {
  const accepted: readonly (readonly [string, Uint8Array, string])[] = [
    ["a.pdf", pdf, "application/pdf"],
    ["a.JPG", bytes([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg"],
    ["a.jpeg", bytes([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg"],
    ["a.png", bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "image/png"],
    ["a.xml", bytes("\uFEFF<?xml version='1.0'?><a/>"), "text/xml"],
    ["a.xml", Buffer.from("\uFEFF<a/>", "utf16le"), "text/xml"],
    ["a.odf", openDocument("formula"), "application/vnd.oasis.opendocument.formula"],
    ["a.odt", openDocument("text"), "application/vnd.oasis.opendocument.text"],
    ["a.ods", openDocument("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"],
    ["a.odp", openDocument("presentation"), "application/vnd.oasis.opendocument.presentation"],
    ["a.odg", openDocument("graphics"), "application/vnd.oasis.opendocument.graphics"],
    ["a.docx", office("word/"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["a.xlsx", office("xl/"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["a.pptx", office("ppt/"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"],
    ["a.doc", compound, "application/msword"],
    ["a.xls", compound, "application/vnd.ms-excel"],
    ["a.ppt", compound, "application/vnd.ms-powerpoint"],
  ];
  for (const [fileName, content, contentType] of accepted) {
    it(`takes ${fileName} as ${contentType}`, () => {
      const { attachments, problems } = checkAttachments([{ fileName, bytes: content }]);
      assert.deepEqual(problems, []);
      assert.equal(attachments[0]?.contentType, contentType);
    });
  }

  const refused: readonly (readonly [string, string, Uint8Array])[] = [
    ["empty", "a.pdf", bytes()],
    ["no-extension", "pdf", pdf],
    ["no-extension", "a.", pdf],
    ["no-extension", ".pdf", pdf],
    ["extension-not-accepted", "a.csv", bytes("a;b")],
    ["extension-not-accepted", "a.zip", bytes(zipHead)],
    ["content-differs", "a.pdf", bytes("no pdf")],
    ["content-differs", "a.png", pdf],
    ["content-differs", "a.docx", office("xl/")],
    ["content-differs", "a.odt", openDocument("spreadsheet")],
    ["content-differs", "a.xml", bytes("text")],
    ["too-large", "a.pdf", Buffer.alloc(attachmentLimits.bytes + 1, "%PDF-")],
    ["duplicate-name", "Mva.XML", bytes("<a/>")],
  ];
  for (const [code, fileName, content] of refused) {
    it(`refuses ${fileName}: ${code}`, () => {
      const { attachments, problems } = checkAttachments([{ fileName, bytes: content }], ["mva.xml"]);
      assert.deepEqual([attachments.length, problems.map((problem) => problem.code)], [0, [code]]);
    });
  }

  it("takes a file of exactly the limit, and 57 of them by name", () => {
    const large = Buffer.alloc(attachmentLimits.bytes, "%PDF-");
    assert.deepEqual(checkAttachments([{ fileName: "a.pdf", bytes: large }]).problems, []);
    const many = (count: number): readonly string[] =>
      checkAttachments(
        Array.from({ length: count }, (_, index) => ({ fileName: `${index}.pdf`, bytes: pdf })),
      ).problems.map((problem) => problem.code);
    assert.deepEqual([many(57), many(58)], [[], ["too-many"]]);
  });
});
