// Serves docs/site, building it first when it is missing; `npm run docs` builds it anew. PORT chooses the port.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { root, setup } from "./setup.mjs";

setup();
const site = `${root}docs/site`;
if (!existsSync(`${site}/playground/index.html`)) {
  const windows = process.platform === "win32"; // npm is a .cmd there, which needs a shell
  const { status } = spawnSync("npm", ["run", "--silent", "docs"], {
    cwd: root,
    stdio: "inherit",
    shell: windows,
  });
  if (status !== 0) process.exit(status ?? 1);
}

const { default: sirv } = await import("sirv");
const port = Number(process.env.PORT ?? 8080);
createServer(sirv(site, { dev: true }))
  .on("error", (error) => {
    console.error(`The documentation could not be served: ${error.message}. PORT=8081 chooses another port.`);
    process.exitCode = 1;
  })
  .listen(port, () => {
    console.log(`The documentation is at http://localhost:${port} (Ctrl-C stops)`);
  });
