// TypeDoc plugin: every page links to the playground, which Vite builds into the site.

import { JSX } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.renderer.hooks.on("pageSidebar.begin", ({ relativeURL }) =>
    JSX.createElement(
      "p",
      null,
      JSX.createElement("a", { href: relativeURL("playground/index.html") }, "Playground"),
    ),
  );
}
