// TypeDoc plugin: what its pages lack for readers with a keyboard, a screen reader or a phone. How it looks is in site.css.

import { JSX, PageEvent } from "typedoc";

/** The links at the top of every page; Vite builds the playground into the site. */
const places = { Guides: "documents/Guides.html", Playground: "playground/index.html" };

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.renderer.hooks.on("body.begin", () =>
    JSX.createElement("a", { class: "skip", href: "#content" }, "Skip to the content"),
  );
  app.renderer.on(PageEvent.END, (page) => {
    if (page.contents) page.contents = improve(page.contents, page.url);
  });
}

/** @param {string} html @param {string} url */
function improve(html, url) {
  const toRoot = "../".repeat(url.split("/").length - 1);
  const links = Object.entries(places).map(([name, place]) => `<a href="${toRoot}${place}">${name}</a>`);

  // One main landmark, which the skip link leads to.
  let page = swap(html, '<div class="col-content">', '<main class="col-content" id="content" tabindex="-1">');
  page = swap(page, /<\/div>\s*<div class="col-sidebar">/, '</main><div class="col-sidebar">');
  page = swap(
    page,
    '<div id="tsd-toolbar-links"></div>',
    `<nav id="tsd-toolbar-links" aria-label="Site">${links.join("")}</nav>`,
  );
  // A summary is a button: a link inside cannot be told from it. The heading keeps its address.
  page = page.replace(/<summary.*?<\/summary>/gs, (summary) =>
    summary.replace(/<a [^>]*class="tsd-anchor-icon".*?<\/a>/gs, ""),
  );
  // What is wider than a phone scrolls by itself, with a finger or the arrow keys.
  return page
    .replace(
      /<table>.*?<\/table>/gs,
      '<div class="table" tabindex="0" role="group" aria-label="Table">$&</div>',
    )
    .replace(/<img src="([^"]+)"[^>]*>/g, '<a class="picture" href="$1">$&</a>');
}

/**
 * Replaces what TypeDoc is known to write, and fails when it no longer does.
 * @param {string} page @param {string | RegExp} found @param {string} instead
 */
function swap(page, found, instead) {
  const swapped = page.replace(found, instead);
  if (swapped === page)
    throw new Error(`TypeDoc's pages have no ${String(found)} any more: see ${import.meta.url}`);
  return swapped;
}
