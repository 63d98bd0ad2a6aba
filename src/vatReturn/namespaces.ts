import type { ScannedElement } from "./scannedTree.ts";

export const xmlNamespace = "http://www.w3.org/XML/1998/namespace";
export const xmlnsNamespace = "http://www.w3.org/2000/xmlns/";

interface Undo {
  readonly element: ScannedElement;
  readonly prefix: string;
  readonly previous: string | undefined;
}

/**
 * The namespace bindings in force at the scanner's place: one map for the whole document with a log of what to put
 * back, so that depth costs nothing.
 */
export class NamespaceBindings {
  /** In force for names without a prefix; null for none. */
  defaultNamespace: string | null = null;
  private readonly bindings = new Map<string, string>([
    ["xml", xmlNamespace],
    ["xmlns", xmlnsNamespace],
  ]);
  private readonly log: Undo[] = [];

  /** Binds a prefix (the empty one for the default namespace) until `leave(element)`. */
  declare(element: ScannedElement, prefix: string, namespace: string): void {
    this.log.push({ element, prefix, previous: this.bindings.get(prefix) });
    this.bind(prefix, namespace);
  }

  resolve(prefix: string): string | null {
    return this.bindings.get(prefix) ?? null;
  }

  /** Forgets what the element declared. Elements are left in the reverse order of their declarations. */
  leave(element: ScannedElement): void {
    for (let last = this.log.at(-1); last?.element === element; last = this.log.at(-1)) {
      this.log.pop();
      this.bind(last.prefix, last.previous ?? "");
    }
  }

  private bind(prefix: string, namespace: string): void {
    if (prefix === "") this.defaultNamespace = namespace === "" ? null : namespace;
    if (namespace === "") this.bindings.delete(prefix);
    else this.bindings.set(prefix, namespace);
  }
}
