import { empty, noGrad, requireOptions, type DType, type Generator, type Tensor } from "@torchlet/tensor";
import { checkSizes } from "../arguments/numbers.ts";
import { embedding, paddingRow } from "../functional/embedding.ts";
import * as init from "../init/index.ts";
import { Module } from "../module/module.ts";
import { Parameter } from "../module/parameter.ts";

/** Options of {@link Embedding}. */
export interface EmbeddingLayerOptions {
  /** An index whose row starts as zeros and gets no gradient; negative counts from the end. Default: none. */
  paddingIdx?: number | null;
  /** Element type of the table. Default: `"float32"`. */
  dtype?: DType;
  /** Where the initial values come from. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/**
 * A learned table: for every index its row.
 *
 * `weight` has shape [rows, columns] and starts normally distributed. PyTorch: [`nn.Embedding`](https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html),
 * without `max_norm`, `scale_grad_by_freq` and `sparse`.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { Embedding } from "@torchlet/nn";
 *
 * const layer = new Embedding(10, 3, { paddingIdx: 0 });
 * const y = layer.forward(tensor([[1, 0], [5, 9]], { dtype: "int32" }));
 * y.shape; // => [2, 2, 3]
 * y.at(0, 1).toArray(); // => [0, 0, 0]
 * ```
 */
export class Embedding extends Module {
  /** The number of rows. */
  readonly numEmbeddings: number;
  /** The length of a row. */
  readonly embeddingDim: number;
  /** The index whose row gets no gradient; null if there is none. */
  readonly paddingIdx: number | null;
  /** The learned table, shape [numEmbeddings, embeddingDim]. */
  weight: Parameter;

  /**
   * @param numEmbeddings - The number of rows.
   * @param embeddingDim - The length of a row.
   * @param options - `paddingIdx`, `dtype`, `generator`.
   * @throws IndexError if there is no row `paddingIdx`.
   * @throws ValueError if a size is no integer of at least 0.
   */
  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingLayerOptions = {}) {
    super();
    checkSizes("Embedding", { numEmbeddings, embeddingDim });
    requireOptions("Embedding", options, "paddingIdx: 0", ["paddingIdx", "dtype", "generator"]);
    const { paddingIdx = null, dtype = "float32" } = options;
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.paddingIdx = paddingRow("Embedding", paddingIdx, numEmbeddings);
    this.weight = new Parameter(empty([numEmbeddings, embeddingDim], { dtype }));
    this.resetParameters(options);
  }

  /** Draws the initial values again. */
  resetParameters(options: init.InitOptions = {}): void {
    init.normal_(this.weight, 0, 1, options);
    const padding = this.paddingIdx;
    if (padding !== null) noGrad(() => this.weight.setAt_([padding], 0));
  }

  /**
   * The rows at `indices`.
   *
   * @param indices - int32, any shape.
   * @returns Shape [...indices.shape, embeddingDim].
   * @throws IndexError if there is no such row.
   */
  override forward(indices: Tensor): Tensor {
    return embedding(indices, this.weight, { paddingIdx: this.paddingIdx });
  }

  override extraRepr(): string {
    const padding = this.paddingIdx === null ? "" : `, paddingIdx=${this.paddingIdx}`;
    return `${this.numEmbeddings}, ${this.embeddingDim}${padding}`;
  }
}
