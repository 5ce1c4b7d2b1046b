/** Every differentiable operation: the methods, and the functions whose first operand is not one tensor. */
export { where } from "./choose.ts";
export * from "./einsum.ts";
export { cat, meshgrid, stack, type MeshgridOptions } from "./joining.ts";
export * from "./methods.ts";
