// TypeDoc plugin: the ops that are also methods of Tensor, shown as such.

import { Converter, ParameterReflection, ReflectionFlag, ReflectionKind } from "typedoc";
import ts from "typescript";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, commentFromFunction);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    opsAsMethods(project);
  });
}

/**
 * A property that a mapped type made from a function has that function's documentation.
 * @param {import("typedoc").Context} context
 * @param {import("typedoc").DeclarationReflection} property
 */
function commentFromFunction(context, property) {
  if (property.kind !== ReflectionKind.Property || property.comment) return;
  const op = context.getSymbolFromReflection(property)?.declarations?.find(ts.isFunctionDeclaration);
  const comment = op && context.getSignatureComment(op);
  if (comment) property.comment = withoutParam(comment, op.parameters[0]?.name.getText());
}

/**
 * The methods of Tensor come from a mapped type, which TypeDoc shows as an interface with properties: show them as
 * methods of the class, and only there, not on every class that inherits them.
 * @param {import("typedoc").ProjectReflection} project
 */
function opsAsMethods(project) {
  /** @param {ReflectionKind} kind */
  const all = (kind) => project.getReflectionsByKind(kind).filter((reflection) => reflection.isDeclaration());
  const functions = new Map(
    all(ReflectionKind.Function | ReflectionKind.Reference).map((op) => {
      const target = op.isReference() ? op.getTargetReflectionDeep() : op;
      return [op.name, target.isDeclaration() ? target.signatures?.[0] : undefined];
    }),
  );
  const methods = all(ReflectionKind.Interface).find(({ name }) => name === "TensorMethods");
  const tensor = all(ReflectionKind.Class).find(({ name }) => name === "Tensor");
  for (const heir of all(ReflectionKind.Class)) {
    for (const member of [...(heir.children ?? [])]) {
      if (heir !== tensor && member.inheritedFrom?.name.startsWith("Tensor"))
        project.removeReflection(member);
    }
  }
  if (methods) project.removeReflection(methods);

  for (const member of tensor?.children ?? []) {
    delete member.inheritedFrom;
    const signatures = member.type?.type === "reflection" ? member.type.declaration.signatures : undefined;
    if (member.kind !== ReflectionKind.Property || !signatures) continue;
    const op = functions.get(member.name);
    const comment = member.comment ?? (op?.comment && withoutParam(op.comment, op.parameters?.[0]?.name));
    member.kind = ReflectionKind.Method;
    member.signatures = signatures;
    delete member.type;
    delete member.comment;
    for (const signature of signatures) {
      signature.name = member.name;
      signature.parent = member;
      const name = op?.parameters?.at(-1)?.name;
      signature.parameters = signature.parameters?.flatMap((parameter) => spread(parameter, name)) ?? [];
      if (comment) signature.comment = comment.clone();
    }
  }
}

/** The first parameter of an op is the tensor before the dot. @param {import("typedoc").Comment} comment @param {string | undefined} self */
function withoutParam(comment, self) {
  const copy = comment.clone();
  copy.blockTags = copy.blockTags.filter(({ tag, name }) => tag !== "@param" || name !== self);
  return copy;
}

/**
 * `...rest: [dim: number, options?: Options]` as the parameters that it stands for; a real `...rest: Index[]` by its name.
 * @param {ParameterReflection} rest @param {string | undefined} name
 */
function spread(rest, name) {
  if (!rest.flags.isRest) return [rest];
  if (rest.type?.type !== "tuple") {
    rest.name = name ?? rest.name;
    return [rest];
  }
  return rest.type.elements.map((element) => {
    const member = element.type === "namedTupleMember" ? element : undefined;
    const parameter = new ParameterReflection(member?.name ?? "rest", ReflectionKind.Parameter, rest.parent);
    parameter.type = member?.element ?? element;
    parameter.setFlag(ReflectionFlag.Optional, member?.isOptional ?? false);
    rest.project.registerReflection(parameter, undefined, undefined);
    return parameter;
  });
}
