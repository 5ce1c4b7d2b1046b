/** What `@torchlet/nn` needs to check arguments and to name them in errors as this package does: an entry for it, not for programs. */
export { isPlain, kindOf } from "../options.ts";
export { format, sameShape } from "../shape.ts";
