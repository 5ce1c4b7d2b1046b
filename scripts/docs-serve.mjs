// Serves docs/site, building it first when it is missing. PORT chooses the port.

import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { run } from "./run.mjs";
import { root, setup } from "./setup.mjs";

setup();
const site = `${root}docs/site`;
if (!existsSync(`${site}/index.html`)) run("typedoc");

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
