import { HookList, type RemovableHandle } from "./autograd/hooks.ts";
import { Node, type GradientHook, type PostAccumulateHook } from "./autograd/node.ts";
import { isFloatingPoint, type DType, type TypedArray } from "./dtype.ts";
import { AutogradError, DTypeError, ShapeError, ValueError } from "./errors.ts";
import { kernels } from "./kernels/kernels.ts";
import { contiguousLayout, type Layout } from "./layout.ts";
import type { TensorMethods } from "./methods.ts";
import { formatTensor } from "./print/print.ts";
import { format, normalizeDim, sameShape, type Shape } from "./shape.ts";
import { hold, letGo, resultStorage } from "./storage/scratch.ts";
import { Storage, type Operand } from "./storage/storage.ts";

/** Nested arrays of numbers or booleans, as deep as the tensor has dimensions. */
export type NestedArray = number | boolean | NestedArray[];

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- methods.ts adds the ops, see there
export interface Tensor extends TensorMethods {}

/**
 * An n-dimensional array that remembers how it was computed.
 *
 * A tensor is a storage (the bytes) under a layout (shape, strides, offset); views share the storage. Where a gradient is wanted, it
 * also has the node of the graph that made it. Tensors are made by functions such as {@link tensor}, {@link zeros} and {@link randn},
 * and never need to be freed by hand.
 *
 * PyTorch: [`torch.Tensor`](https://pytorch.org/docs/stable/tensors.html).
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 *
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.mul(x).sum().backward();
 * x.grad?.toArray(); // => [[2, 4], [6, 8]]
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- see above
export class Tensor implements Operand {
  /**
   * The bytes, shared with every view.
   *
   * @internal
   */
  readonly storage: Storage;
  /**
   * How shape and indices map onto the storage.
   *
   * @internal
   */
  readonly layout: Layout;
  /**
   * The recorded operation (or leaf) that gradients flow back to; null if none is wanted. Users see it as {@link Tensor.gradFn}.
   *
   * @internal
   */
  node: Node | null = null;
  /**
   * For a value that an operation saved for backward: that operation.
   *
   * @internal
   */
  savedBy: string | null = null;
  /**
   * For a value that an operation saved for backward: the storage's version then.
   *
   * @internal
   */
  savedVersion = 0;
  #grad: Tensor | null = null;
  /** The leaf that this tensor was before its gradient was switched off; it keeps its hooks. */
  #formerLeaf: Node | null = null;

  /**
   * Tensors are made by functions such as {@link tensor} and {@link zeros}, not by this constructor.
   *
   * @throws DTypeError if it is called with numbers.
   * @internal
   */
  constructor(storage: Storage, layout: Layout) {
    if ((layout as Layout | undefined) === undefined)
      throw new DTypeError("Tensor", "tensors are made by functions, such as tensor([1, 2]) and zeros(2, 3)");
    this.storage = storage;
    this.layout = layout;
  }

  /**
   * A contiguous tensor of zeros without history.
   *
   * @internal
   */
  static allocate(shape: Shape, dtype: DType): Tensor {
    const layout = contiguousLayout(shape);
    return new Tensor(Storage.allocate(dtype, layout.numel), layout);
  }

  /**
   * A contiguous tensor of any values without history, for results that overwrite all of it; `like` is shared if it is the layout wanted.
   *
   * @internal
   */
  static unset(shape: Shape, dtype: DType, like?: Layout): Tensor {
    const layout = like?.shape === shape && like.rowMajor ? like : contiguousLayout(shape);
    return new Tensor(resultStorage(dtype, layout.numel), layout);
  }

  /**
   * The size of each dimension, outermost first; `[]` for a single number.
   *
   * PyTorch: `Tensor.shape`.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * tensor([[1, 2, 3], [4, 5, 6]]).shape; // => [2, 3]
   * ```
   */
  get shape(): Shape {
    return this.layout.shape;
  }

  /**
   * For each dimension, how far its neighbours are apart in the storage, in elements; 0 where an expanded dimension repeats.
   *
   * PyTorch: [`Tensor.stride`](https://pytorch.org/docs/stable/generated/torch.Tensor.stride.html).
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).strides; // => [3, 1]
   * zeros(2, 3).t().strides; // => [1, 3]
   * ```
   */
  get strides(): readonly number[] {
    return this.layout.strides;
  }

  /**
   * Where the first element stands in the storage, in elements.
   *
   * PyTorch: [`Tensor.storage_offset`](https://pytorch.org/docs/stable/generated/torch.Tensor.storage_offset.html).
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).select(0, 1).storageOffset; // => 3
   * ```
   */
  get storageOffset(): number {
    return this.layout.offset;
  }

  /**
   * The element type: `"float32"`, `"float64"`, `"int32"` or `"bool"`.
   *
   * PyTorch: `Tensor.dtype`.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * tensor([1, 2]).dtype; // => "float32"
   * tensor([1, 2]).gt(1).dtype; // => "bool"
   * ```
   */
  get dtype(): DType {
    return this.storage.dtype;
  }

  /**
   * The number of dimensions.
   *
   * PyTorch: [`Tensor.dim`](https://pytorch.org/docs/stable/generated/torch.Tensor.dim.html).
   *
   * @example
   * ```ts
   * import { tensor, zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).ndim; // => 2
   * tensor(5).ndim; // => 0
   * ```
   */
  get ndim(): number {
    return this.layout.shape.length;
  }

  /**
   * The number of elements: the product of the shape, 1 for a 0-d tensor.
   *
   * PyTorch: [`torch.numel`](https://pytorch.org/docs/stable/generated/torch.numel.html); here a property.
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).numel; // => 6
   * ```
   */
  get numel(): number {
    return this.layout.numel;
  }

  /**
   * The size of one dimension.
   *
   * PyTorch: [`Tensor.size`](https://pytorch.org/docs/stable/generated/torch.Tensor.size.html); here without a dimension it is
   * `x.shape`.
   *
   * @param dim - The dimension; negative counts from the end.
   * @throws ShapeError if there is no such dimension.
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).size(-1); // => 3
   * ```
   */
  size(dim: number): number {
    if (this.ndim === 0) throw new ShapeError("size", "a 0-d tensor has no dimensions, so no size");
    return this.shape[normalizeDim("size", dim, this.ndim)]!;
  }

  /**
   * Whether the elements lie one after the other in row-major order.
   *
   * PyTorch: [`Tensor.is_contiguous`](https://pytorch.org/docs/stable/generated/torch.Tensor.is_contiguous.html).
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(2, 3).isContiguous(); // => true
   * zeros(2, 3).t().isContiguous(); // => false
   * ```
   */
  isContiguous(): boolean {
    return this.layout.contiguous;
  }

  /**
   * The elements themselves, live: writing into the array changes the tensor, and changes made by torchlet are seen in it.
   *
   * Writing here is invisible to autograd; prefer in-place operations where a gradient matters. A `bool` tensor has bytes, 0 and 1.
   * PyTorch: `Tensor.numpy`, which shares memory too.
   *
   * @throws ShapeError if the elements do not lie one after the other; call `contiguous()` first.
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * const x = zeros(3);
   * x.data[1] = 5;
   * x.toArray(); // => [0, 5, 0]
   * ```
   */
  get data(): TypedArray {
    if (!this.layout.contiguous)
      throw new ShapeError(
        "data",
        `strides [${this.strides.join(", ")}] are not contiguous; call .contiguous().data for a copy`,
      );
    this.checkSaved();
    const data = this.storage.expose();
    const { offset, numel } = this.layout;
    return numel === data.length ? data : data.subarray(offset, offset + numel);
  }

  /**
   * The value of a tensor of one element, as a number; `true` is 1 and `false` is 0.
   *
   * PyTorch: [`Tensor.item`](https://pytorch.org/docs/stable/generated/torch.Tensor.item.html).
   *
   * @throws ValueError if there is not exactly one element.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * tensor([1, 2, 3]).sum().item(); // => 6
   * ```
   */
  item(): number {
    if (this.numel !== 1)
      throw new ValueError(
        "item",
        `needs exactly one element, the tensor of shape ${format(this.shape)} has ${this.numel}; reduce it, or use .toArray()`,
      );
    this.checkSaved();
    return this.storage.data[this.layout.offset]!;
  }

  /**
   * A copy of the elements as nested arrays; `bool` elements are `true` and `false`, a 0-d tensor gives its one value.
   *
   * Numbers of a float32 tensor come out as the doubles next to them: `0.1` as 0.10000000149011612.
   *
   * PyTorch: [`Tensor.tolist`](https://pytorch.org/docs/stable/generated/torch.Tensor.tolist.html).
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * tensor([[1, 2], [3, 4]]).toArray(); // => [[1, 2], [3, 4]]
   * tensor([1, 2]).gt(1).toArray(); // => [false, true]
   * ```
   */
  toArray(): NestedArray {
    const flat = this.toTypedArray();
    const element =
      this.dtype === "bool" ? (i: number): boolean => flat[i] !== 0 : (i: number): number => flat[i]!;
    let at = 0;
    const nest = (dim: number): NestedArray =>
      dim === this.ndim ? element(at++) : Array.from({ length: this.shape[dim]! }, () => nest(dim + 1));
    return nest(0);
  }

  /**
   * What `JSON.stringify` writes: the elements as {@link toArray} gives them; JSON has no NaN and no infinities, and writes `null`.
   *
   * `tensor(JSON.parse(text))` makes the tensor again, in float32 unless a dtype is given.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * JSON.stringify({ w: tensor([[1, 2], [3, 4]]) }); // => '{"w":[[1,2],[3,4]]}'
   * ```
   */
  toJSON(): NestedArray {
    return this.toArray();
  }

  /**
   * A copy of the elements in row-major order, whatever the strides are.
   *
   * PyTorch: `x.flatten().numpy().copy()`.
   *
   * @returns A `Float32Array`, `Float64Array`, `Int32Array`, or for bool a `Uint8Array` of 0 and 1.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * tensor([[1, 2], [3, 4]]).t().toTypedArray(); // => [1, 3, 2, 4]
   * ```
   */
  toTypedArray(): TypedArray {
    this.checkSaved();
    const out = Tensor.allocate(this.shape, this.dtype);
    kernels().copy(out, this);
    return out.storage.data;
  }

  /**
   * All dimensions in reverse order: the transpose of a matrix, as a view. Gradient: transposed.
   *
   * PyTorch: [`Tensor.T`](https://pytorch.org/docs/stable/tensors.html#torch.Tensor.T).
   *
   * @example
   * ```ts
   * import { tensor, zeros } from "@torchlet/tensor";
   *
   * tensor([[1, 2], [3, 4]]).T.toArray(); // => [[1, 3], [2, 4]]
   * zeros(2, 3, 4).T.shape; // => [4, 3, 2]
   * ```
   */
  get T(): Tensor {
    return this.permute(this.shape.map((_, d) => this.ndim - 1 - d));
  }

  /**
   * The last two dimensions swapped: the transpose of every matrix of a batch, as a view. Gradient: transposed.
   *
   * PyTorch: [`Tensor.mT`](https://pytorch.org/docs/stable/tensors.html#torch.Tensor.mT).
   *
   * @throws ShapeError if there are fewer than 2 dimensions.
   *
   * @example
   * ```ts
   * import { zeros } from "@torchlet/tensor";
   *
   * zeros(5, 2, 3).mT.shape; // => [5, 3, 2]
   * ```
   */
  get mT(): Tensor {
    if (this.ndim < 2) throw new ShapeError("mT", `needs at least 2 dimensions, got ${format(this.shape)}`);
    return this.transpose(-2, -1);
  }

  /**
   * Whether gradients flow back to or through this tensor. Only a leaf can be switched.
   *
   * PyTorch: [`Tensor.requires_grad`](https://pytorch.org/docs/stable/generated/torch.Tensor.requires_grad.html).
   *
   * @throws AutogradError when a computed tensor is switched off.
   * @throws DTypeError when integers or booleans are switched on.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2]);
   * x.requiresGrad = true;
   * x.mul(2).requiresGrad; // => true
   * ```
   */
  get requiresGrad(): boolean {
    return this.node !== null;
  }

  /** Switches a leaf; a leaf that is switched on again keeps its hooks. */
  set requiresGrad(wanted: boolean) {
    if (wanted === this.requiresGrad) return;
    if (!this.isLeaf)
      throw new AutogradError(
        "requiresGrad",
        "only leaves can be switched; this tensor was computed, use .detach() for one without history",
      );
    if (wanted && !isFloatingPoint(this.dtype))
      throw new DTypeError(
        "requiresGrad",
        `only floating-point tensors can have gradients, this one is ${this.dtype}`,
      );
    const former = this.#formerLeaf;
    this.#formerLeaf = this.node;
    this.node = wanted ? this.#leafNode(former) : null;
  }

  /** A leaf that was switched off comes back as the same node; if its dtype has changed since, as a new one with its hooks. */
  #leafNode(former: Node | null): Node {
    if (former?.dtype === this.dtype) return former;
    const node = new Node("leaf", this, [], [], this);
    node.hooks = former?.hooks ?? null;
    node.postAccumulateHooks = former?.postAccumulateHooks ?? null;
    return node;
  }

  /**
   * Sets {@link Tensor.requiresGrad} and returns the tensor.
   *
   * PyTorch: [`Tensor.requires_grad_`](https://pytorch.org/docs/stable/generated/torch.Tensor.requires_grad_.html).
   *
   * @param wanted - Default: true.
   * @returns The tensor itself.
   * @throws AutogradError when a computed tensor is switched off.
   * @throws DTypeError when integers or booleans are switched on.
   *
   * @example
   * ```ts
   * import { rand } from "@torchlet/tensor";
   *
   * rand(2, 3).mul(0.1).requiresGrad_().isLeaf; // => true
   * ```
   */
  requiresGrad_(wanted = true): this {
    this.requiresGrad = wanted;
    return this;
  }

  /**
   * Whether this tensor was made by the user rather than computed from tensors that require gradients.
   *
   * `backward` accumulates into the `.grad` of leaves that require gradients.
   *
   * PyTorch: [`Tensor.is_leaf`](https://pytorch.org/docs/stable/generated/torch.Tensor.is_leaf.html).
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2], { requiresGrad: true });
   * x.isLeaf; // => true
   * x.mul(2).isLeaf; // => false
   * ```
   */
  get isLeaf(): boolean {
    return this.node?.leaf !== null;
  }

  /**
   * The node of the graph that computed this tensor; null for leaves.
   *
   * PyTorch: `Tensor.grad_fn`, whose names end in `Backward0`.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2], { requiresGrad: true });
   * x.mul(2).gradFn?.name; // => "mul"
   * x.gradFn; // => null
   * ```
   */
  get gradFn(): Node | null {
    return this.isLeaf ? null : this.node;
  }

  /**
   * The gradient that `backward` has accumulated, in the shape and dtype of the tensor; null before the first.
   *
   * Set it to null between steps, as `zeroGrad` of an optimizer does: gradients add up. Asked of a computed tensor without
   * {@link Tensor.retainGrad}, it is null, and a warning says why, once.
   *
   * PyTorch: [`Tensor.grad`](https://pytorch.org/docs/stable/generated/torch.Tensor.grad.html).
   *
   * @throws ShapeError when set to a tensor of another shape.
   * @throws DTypeError when set to a tensor of another dtype, or to no tensor.
   * @throws AutogradError when set to the tensor itself.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2], { requiresGrad: true });
   * x.square().sum().backward();
   * x.grad?.toArray(); // => [2, 4]
   * ```
   */
  get grad(): Tensor | null {
    if (this.#grad === null && this.node !== null) warnOfComputed(this.node, this);
    this.#grad?.storage.moveOut();
    return this.#grad;
  }

  /** Replaces the gradient; null takes it away. */
  set grad(g: Tensor | null) {
    if (g !== null) {
      if (!(g instanceof Tensor)) throw new DTypeError("grad", `must be a Tensor or null, got ${typeof g}`);
      if (g === this)
        throw new AutogradError("grad", "a tensor cannot be its own gradient; assign a clone()");
      if (!sameShape(g.shape, this.shape))
        throw new ShapeError(
          "grad",
          `shape ${format(g.shape)} differs from the tensor's ${format(this.shape)}`,
        );
      if (g.dtype !== this.dtype)
        throw new DTypeError("grad", `dtype ${g.dtype} differs from the tensor's ${this.dtype}`);
    }
    const before = this.#grad;
    if (g !== null) hold(g.storage);
    this.#grad = g;
    if (before !== null) letGo(before.storage);
  }

  /**
   * Moves the elements to where kernels use them in place, for a tensor that stays long and is used often. Returns whether they moved.
   *
   * @internal
   */
  settle(): boolean {
    return this.storage.settle();
  }

  /**
   * The gradient, for a reader that does not keep it: its memory may be used again as soon as `.grad` is set.
   *
   * @internal
   */
  borrowGrad(): Tensor | null {
    return this.#grad;
  }

  /**
   * Calls `hook` with the gradient of this tensor whenever backward has computed it, before it flows on; a returned tensor replaces it.
   *
   * Hooks run in the order of their registration. A tensor that is changed in place afterwards keeps its hooks on the old value.
   * PyTorch: [`Tensor.register_hook`](https://pytorch.org/docs/stable/generated/torch.Tensor.register_hook.html).
   *
   * @param hook - Receives the gradient; must not change it in place.
   * @returns A handle whose `remove()` takes the hook away.
   * @throws AutogradError if the tensor does not require a gradient.
   * @throws ValueError if `hook` is no function.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2], { requiresGrad: true });
   * x.registerHook((g) => g.mul(10));
   * x.sum().backward();
   * x.grad?.toArray(); // => [10, 10]
   * ```
   */
  registerHook(hook: GradientHook): RemovableHandle {
    return (this.#requireNode("registerHook").hooks ??= new HookList()).add("registerHook", hook);
  }

  /**
   * Calls `hook` with this leaf whenever backward has updated its `.grad`, for example to take an optimizer's step at once.
   *
   * PyTorch:
   * [`Tensor.register_post_accumulate_grad_hook`](https://pytorch.org/docs/stable/generated/torch.Tensor.register_post_accumulate_grad_hook.html).
   *
   * @param hook - Receives the leaf.
   * @returns A handle whose `remove()` takes the hook away.
   * @throws AutogradError if the tensor does not require a gradient, or is no leaf.
   * @throws ValueError if `hook` is no function.
   *
   * @example
   * ```ts
   * import { noGrad, tensor } from "@torchlet/tensor";
   *
   * const w = tensor([1, 2], { requiresGrad: true });
   * w.registerPostAccumulateGradHook((w) => {
   *   noGrad(() => w.sub_(w.grad!.mul(0.5)));
   *   w.grad = null;
   * });
   * w.sum().backward();
   * w.toArray(); // => [0.5, 1.5]
   * ```
   */
  registerPostAccumulateGradHook(hook: PostAccumulateHook): RemovableHandle {
    const node = this.#requireNode("registerPostAccumulateGradHook");
    if (node.leaf === null)
      throw new AutogradError(
        "registerPostAccumulateGradHook",
        "only leaves accumulate gradients, and this tensor was computed; use registerHook",
      );
    return (node.postAccumulateHooks ??= new HookList()).add("registerPostAccumulateGradHook", hook);
  }

  /**
   * Keeps the gradient of a computed tensor in `.grad`, as leaves do; does nothing on a leaf.
   *
   * The gradient is kept after the tensor's hooks have seen it. In PyTorch the method returns nothing.
   *
   * PyTorch: [`Tensor.retain_grad`](https://pytorch.org/docs/stable/generated/torch.Tensor.retain_grad.html).
   *
   * @returns The tensor itself.
   * @throws AutogradError if the tensor does not require a gradient.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const x = tensor([1, 2], { requiresGrad: true });
   * const y = x.mul(3).retainGrad();
   * y.square().sum().backward();
   * y.grad?.toArray(); // => [6, 12]
   * ```
   */
  retainGrad(): this {
    const node = this.#requireNode("retainGrad");
    if (node.leaf === null) node.retained = this;
    return this;
  }

  #requireNode(op: string): Node {
    if (this.node === null)
      throw new AutogradError(op, "this tensor does not require a gradient, so it will never have one");
    return this.node;
  }

  /**
   * Moves this tensor to another place in the graph, after it was changed in place; what it retains follows.
   *
   * @internal
   */
  rebase(node: Node | null): void {
    if (this.node?.retained === this) {
      this.node.retained = null;
      if (node !== null) node.retained = this;
    }
    this.node = node;
  }

  /**
   * The same values, storage and history under a new object that remembers the version at which `op` saved it.
   *
   * @internal
   */
  save(op: string): Tensor {
    const copy = new Tensor(this.storage, this.layout);
    copy.node = this.node;
    copy.savedBy = op;
    copy.savedVersion = this.storage.version;
    return copy;
  }

  /**
   * For a view of a saved value, which is as much in danger of being changed.
   *
   * @internal
   */
  inheritSaved(from: Tensor): void {
    this.savedBy = from.savedBy;
    this.savedVersion = from.savedVersion;
  }

  /**
   * A saved value as an ordinary tensor, for those who are not backward.
   *
   * @internal
   */
  unsaved(): Tensor {
    const copy = new Tensor(this.storage, this.layout);
    copy.node = this.node;
    return copy;
  }

  /**
   * Throws if this value was saved for backward and has been changed since.
   *
   * @internal
   */
  checkSaved(): void {
    if (this.savedBy !== null && this.savedVersion !== this.storage.version) this.#throwChanged();
  }

  #throwChanged(): never {
    throw new AutogradError(
      "backward",
      `${this.savedBy} saved a tensor of shape ${format(this.shape)} for its gradient, but ${this.storage.changedBy} changed it in place ` +
        `afterwards (version ${this.storage.version}, saved at ${this.savedVersion}); use the out-of-place operation, or clone() before changing it`,
    );
  }

  /**
   * The text that PyTorch would print, with torchlet's names: values aligned, large tensors summarised.
   *
   * {@link setPrintOptions} sets how many digits and elements are shown.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * console.log(tensor([[1, 2], [3, 4.5]]));
   * // => tensor([[1.0000, 2.0000],
   * //            [3.0000, 4.5000]])
   * ```
   */
  toString(): string {
    const { data } = this.storage;
    const { strides, offset } = this.layout;
    return formatTensor({
      shape: this.shape,
      dtype: this.dtype,
      requiresGrad: this.requiresGrad,
      gradFnName: this.gradFn?.name ?? null,
      valueAt: (index) => data[index.reduce((at, i, d) => at + i * strides[d]!, offset)]!,
    });
  }

  /** What `console.log` shows in Node and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * A tensor of one element counts as its number, so that `Number(loss)` and, in JavaScript, `loss < 1` work; with more elements
   * JavaScript's operators would silently make text of it, and throw instead. In a template string it is its text.
   *
   * @param hint - What JavaScript asks for.
   * @throws ValueError if there is more than one element, and a number is asked for.
   *
   * @example
   * ```ts
   * import { tensor } from "@torchlet/tensor";
   *
   * const loss = tensor(0.25);
   * Number(loss) < 1; // => true
   * `${loss}`; // => "tensor(0.2500)"
   * ```
   */
  [Symbol.toPrimitive](hint: "number" | "string" | "default"): number | string {
    if (hint === "string") return this.toString();
    if (this.numel === 1) return this.item();
    throw new ValueError(
      "operator",
      `JavaScript's operators do not work on tensors of more than one element (shape ${format(this.shape)}); write a.add(b), a.mul(b), a.eq(b) ...`,
    );
  }
}

let warned = false;

/** Says, once as in PyTorch, why there is no gradient where somebody looks for that of a computed tensor. */
function warnOfComputed(node: Node, x: Tensor): void {
  if (warned || x.isLeaf || node.retained !== null) return;
  warned = true;
  // eslint-disable-next-line no-console -- PyTorch's warning, at the place where it appears there
  console.warn(
    `[grad] a tensor of shape ${format(x.shape)} was computed (${node.name}), and backward leaves gradients only in leaves; call retainGrad() on it before, or, where it shall be a leaf, detach().requiresGrad_(); weights are changed in place, inside noGrad`,
  );
}
