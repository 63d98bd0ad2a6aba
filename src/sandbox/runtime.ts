import { Console } from "node:console";
import { Writable } from "node:stream";

/** Node before 20.19 lacks `URL.parse`, which the provider uses; the oldest supported editor runs on such a Node. */
const withParse = URL as { parse?: (url: string, base?: string) => URL | null };
withParse.parse ??= (url, base) => {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
};

let onLine: (line: string) => void = () => undefined;

/**
 * What libraries print is the sandbox's debug log: stdout belongs to the one line of JSON. This happens on import,
 * because some print while they are loaded; nothing is passed on before {@link listenToConsole}.
 */
const pending: string[] = [];
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    pending.push(chunk.toString("utf8").trimEnd());
    if (pending.length > 100) pending.shift();
    deliver();
    done();
  },
});
let listening = false;

function deliver(): void {
  if (!listening) return;
  for (const line of pending.splice(0)) onLine(line);
}

globalThis.console = new Console({ stdout: sink, stderr: sink });

/** Passes on what libraries have printed and will print. */
export function listenToConsole(listener: (line: string) => void): void {
  onLine = listener;
  listening = true;
  deliver();
}
