// Two things that TypeDoc cannot know: what the packages are called, and that an op is also a method of Tensor.

import { readFileSync } from "node:fs";
import { Converter, ReflectionKind } from "typedoc";
import { root } from "./setup.mjs";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) nameAfterPackage(module);
    opsAsMethods(project);
  });
}

/** `tensor/src`, as the entry point is called by default, becomes `@torchlet/tensor`. @param {import("typedoc").Reflection} module */
function nameAfterPackage(module) {
  const folder = /^(\w+)\/src$/.exec(module.name)?.[1];
  if (!folder) return;
  const manifest = /** @type {unknown} */ (
    JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"))
  );
  module.name = /** @type {{ name: string }} */ (manifest).name;
}

/**
 * The methods of Tensor come from a mapped type over the ops, which TypeDoc shows as properties without comments:
 * show them as methods with the documentation of their ops.
 * @param {import("typedoc").ProjectReflection} project
 */
function opsAsMethods(project) {
  /** @param {ReflectionKind} kind */
  const all = (kind) => project.getReflectionsByKind(kind).filter((reflection) => reflection.isDeclaration());
  const ops = new Map(all(ReflectionKind.Function).map((op) => [op.name, op]));
  const tensor = all(ReflectionKind.Class).find(({ name }) => name === "Tensor");

  for (const member of tensor?.children ?? []) {
    const signatures = member.type?.type === "reflection" ? member.type.declaration.signatures : undefined;
    const documented = ops.get(member.name)?.signatures;
    if (member.kind !== ReflectionKind.Property || !signatures || !documented) continue;
    member.kind = ReflectionKind.Method;
    member.signatures = signatures;
    delete member.type;
    signatures.forEach((signature, i) => {
      signature.name = member.name;
      signature.parent = member;
      const comment = (documented[i] ?? documented[0])?.comment;
      if (comment) signature.comment = comment.clone();
    });
  }
}
