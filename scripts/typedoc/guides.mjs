// TypeDoc plugin: in the guides, code such as `matmul`, `Tensor.at` or `nn.Linear` links to what it names.

import { Converter, ReflectionKind } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  const afterLinksAreResolved = -1000;
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => {
      const symbols = publicSymbols(project);
      for (const document of project.documents ?? []) linkCode(document, symbols);
    },
    afterLinksAreResolved,
  );
}

/**
 * Everything that a program can import, and the members of classes, by the names that a guide uses for them.
 * @param {import("typedoc").ProjectReflection} project
 */
function publicSymbols(project) {
  /** @type {Map<string, import("typedoc").Reflection>} */
  const symbols = new Map();
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const inNn = module.name.endsWith("nn");
    add(symbols, module, inNn ? "nn." : "");
    // The front door has these three at its top level.
    for (const name of ["F", "init", "optim"]) {
      const namespace = inNn && module.isDeclaration() && module.getChildByName(name);
      if (namespace) add(symbols, namespace, `${name}.`);
    }
  }
  return symbols;
}

/**
 * @param {Map<string, import("typedoc").Reflection>} symbols
 * @param {import("typedoc").Reflection} container
 * @param {string} prefix
 */
function add(symbols, container, prefix) {
  if (!container.isDeclaration()) return;
  for (const child of container.children ?? []) {
    const target = child.isReference() ? child.getTargetReflectionDeep() : child;
    const name = prefix + child.name;
    if (!symbols.has(name)) symbols.set(name, target);
    if (child.kindOf(ReflectionKind.Class | ReflectionKind.Namespace)) add(symbols, child, `${name}.`);
  }
}

/**
 * @param {import("typedoc").DocumentReflection} document
 * @param {Map<string, import("typedoc").Reflection>} symbols
 */
function linkCode(document, symbols) {
  document.content = document.content.map((part) => {
    const name = part.kind === "code" ? /^`([\w.]+)`$/.exec(part.text)?.[1] : undefined;
    const target = name === undefined ? undefined : symbols.get(name);
    return name && target ? { kind: "inline-tag", tag: "@linkcode", text: name, target } : part;
  });
}
