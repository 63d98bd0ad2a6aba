/** Characters that mean something in Markdown or HTML. */
const special = /[&<>|`*_[\]!~\\]/g;

/**
 * A text as it is, in Markdown: what somebody wrote in a file becomes no link, image or markup, and stays on its line.
 * Entities rather than backslashes, so that it holds between HTML tags too.
 */
export function plainMarkdown(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, " ").replace(special, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** A text as code on one line. A backtick in it would end the code, and becomes an apostrophe. */
export function codeSpan(text: string): string {
  return `\`${text.replace(/\s*[\r\n]\s*/g, " ").replaceAll("`", "'")}\``;
}
