/** The cookies of one short conversation: by host and path, until it is over. */
export interface CookieJar {
  store(from: URL, setCookies: readonly string[]): void;
  /** The Cookie header for an address; empty if there is nothing to send. */
  header(to: URL): string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

export function createCookieJar(): CookieJar {
  let cookies: readonly Cookie[] = [];
  return {
    store: (from, setCookies) => {
      for (const line of setCookies) {
        const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
        const equals = pair.indexOf("=");
        if (equals < 1) continue;
        const attribute = (name: string): string | undefined =>
          attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
        // Cookies go back to the very host that set them: a Domain attribute could only widen that.
        const cookie = {
          name: pair.slice(0, equals),
          value: pair.slice(equals + 1),
          host: from.host,
          path: attribute("path") ?? from.pathname.replace(/\/[^/]*$/, ""),
        };
        const expires = Date.parse(attribute("expires") ?? "");
        const gone = attribute("max-age") === "0" || expires < Date.UTC(2000, 0, 1);
        cookies = cookies.filter(
          (other) => other.name !== cookie.name || other.host !== cookie.host || other.path !== cookie.path,
        );
        if (!gone) cookies = [...cookies, cookie];
      }
    },
    header: (to) =>
      cookies
        .filter((cookie) => cookie.host === to.host && pathMatches(to.pathname, cookie.path))
        .map((cookie) => `${cookie.name}=${cookie.value}`)
        .join("; "),
  };
}

function pathMatches(path: string, of: string): boolean {
  return path === of || path.startsWith(of.endsWith("/") ? of : `${of}/`);
}
