/** What the tests of the packages use of `node:fs`, in a browser that is served by Vite. */

/** The text of a file, fetched while everything waits. */
export function readFileSync(url: URL): string {
  const request = new XMLHttpRequest();
  request.open("GET", `/@fs${url.pathname}`, false);
  request.send();
  if (request.status !== 200) throw new Error(`${url.href} cannot be read: ${request.status}`);
  return request.responseText;
}
