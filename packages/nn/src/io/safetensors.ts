/** The safetensors format: named tensors in one file that PyTorch, NumPy, Rust and browsers read. */
import { empty, ValueError, type Tensor } from "@torchlet/tensor";
import { requireRecord, requireTensor } from "../arguments/tensors.ts";
import { readFormats, writeFormats } from "./element-formats.ts";

// The file: 8 bytes with the length of the header, the header as JSON, the elements of all tensors without gaps.
const LENGTH_BYTES = 8;
const METADATA = "__metadata__";
/** A longer header is refused, as by the format's own library. */
const MAX_HEADER_BYTES = 100_000_000;

/** What {@link decodeSafetensors} finds in a file. */
export interface SafetensorsContent {
  /** The tensors by name, in the order of the file's header. */
  readonly tensors: Record<string, Tensor>;
  /** The texts that were stored with them. */
  readonly metadata: Record<string, string>;
}

/**
 * The bytes of a safetensors file that holds `tensors`, such as the `stateDict()` of a module.
 *
 * Tensors may have any strides; they are stored contiguously, their dtype as F32, F64, I32 or BOOL. Gradients and history are not
 * stored. The format is [Hugging Face's](https://github.com/huggingface/safetensors#format); PyTorch: `safetensors.torch.save`,
 * whose `load` reads these bytes.
 *
 * @param tensors - What to store, by name.
 * @param metadata - Texts to store with them.
 * @throws ValueError if a tensor is named `__metadata__` or a value of `metadata` is no string.
 *
 * @example
 * ```ts
 * import { tensor } from "@torchlet/tensor";
 * import { decodeSafetensors, encodeSafetensors } from "@torchlet/nn";
 *
 * const bytes = encodeSafetensors({ "fc.weight": tensor([[1, 2], [3, 4]]) }, { epochs: "5" });
 * const { tensors, metadata } = decodeSafetensors(bytes);
 * tensors["fc.weight"]?.toArray(); // => [[1, 2], [3, 4]]
 * metadata.epochs; // => "5"
 * ```
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  checkNames(tensors, metadata);
  const { places, end } = layOut(tensors);
  const header = encodeHeader(places, metadata);
  const bytes = new Uint8Array(LENGTH_BYTES + header.length + end);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  for (const { x, begin } of places.values()) {
    const { size, write } = writeFormats[x.dtype];
    let at = LENGTH_BYTES + header.length + begin;
    for (const value of x.toTypedArray()) {
      write(view, at, value);
      at += size;
    }
  }
  return bytes;
}

function checkNames(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, unknown>>,
): void {
  const op = "encodeSafetensors";
  requireRecord(op, tensors);
  for (const [name, x] of Object.entries(tensors)) requireTensor(op, JSON.stringify(name), x);
  if (Object.hasOwn(tensors, METADATA))
    throw new ValueError(op, `${METADATA} cannot be the name of a tensor: the format uses it for itself`);
  for (const [name, text] of Object.entries(metadata))
    if (typeof text !== "string")
      throw new ValueError(
        op,
        `metadata must be texts, ${name} is a ${typeof text}; convert it with String()`,
      );
}

interface Place {
  readonly x: Tensor;
  readonly begin: number;
  readonly end: number;
}

/** Where each tensor's bytes stand: the widest elements first, so that all are aligned. */
function layOut(tensors: Readonly<Record<string, Tensor>>): { places: Map<string, Place>; end: number } {
  const sizeOf = (x: Tensor): number => writeFormats[x.dtype].size;
  const places = new Map<string, Place>();
  let end = 0;
  for (const [name, x] of Object.entries(tensors).sort(([, a], [, b]) => sizeOf(b) - sizeOf(a))) {
    const begin = end;
    end += x.numel * sizeOf(x);
    places.set(name, { x, begin, end });
  }
  return { places, end };
}

/** The header as UTF-8, filled up with spaces so that the elements begin at a multiple of 8. */
function encodeHeader(
  places: ReadonlyMap<string, Place>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, unknown][] = Object.keys(metadata).length > 0 ? [[METADATA, metadata]] : [];
  for (const [name, { x, begin, end }] of places)
    entries.push([name, { dtype: writeFormats[x.dtype].name, shape: x.shape, data_offsets: [begin, end] }]);
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  return padded;
}

/**
 * The tensors and texts of a safetensors file.
 *
 * F32, F64, I32 and BOOL become the dtypes of the same name; F16 and BF16 become `float32`; I64, I16, I8 and U8 become `int32`.
 * Everything is checked before anything is allocated, and no more is allocated than the file has bytes (twice as much for F16, BF16
 * and I16, four times for I8 and U8). PyTorch: `safetensors.torch.load`.
 *
 * @param bytes - The whole file.
 * @throws ValueError if the bytes are truncated or no safetensors file, contradict themselves, have a dtype that torchlet has not,
 * or hold an integer that does not fit int32.
 *
 * @example
 * ```ts
 * import { arange } from "@torchlet/tensor";
 * import { decodeSafetensors, encodeSafetensors } from "@torchlet/nn";
 *
 * const bytes = encodeSafetensors({ x: arange(3, { dtype: "float64" }) });
 * decodeSafetensors(bytes).tensors.x?.dtype; // => "float64"
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContent {
  if (!ArrayBuffer.isView(bytes))
    throw new ValueError(
      "decodeSafetensors",
      "needs the bytes as a Uint8Array; make one with new Uint8Array(buffer)",
    );
  const { header, dataStart } = decodeHeader(bytes);
  const { [METADATA]: metadata, ...rest } = header;
  const elements = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  const entries = Object.entries(rest).map(([name, entry]) => checkEntry(name, entry));
  checkPlaces(entries, elements.byteLength);
  return {
    tensors: Object.fromEntries(entries.map((entry) => [entry.name, readTensor(entry, elements)])),
    metadata: checkMetadata(metadata),
  };
}

function refuse(problem: string): never {
  throw new ValueError("decodeSafetensors", `${problem}; the file is damaged or no safetensors file`);
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function decodeHeader(bytes: Uint8Array): { header: JsonObject; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    refuse(`${bytes.length} bytes do not even hold the ${LENGTH_BYTES} of the header's length`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const available = Math.min(bytes.length - LENGTH_BYTES, MAX_HEADER_BYTES);
  if (length > available) refuse(`the header's length is given as ${length}, which is beyond ${available}`);
  const dataStart = LENGTH_BYTES + length;
  return { header: parseJson(bytes.subarray(LENGTH_BYTES, dataStart)), dataStart };
}

function parseJson(bytes: Uint8Array): JsonObject {
  if (bytes[0] !== 0x7b) refuse("the header does not begin with {");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonObject;
  } catch (error) {
    return refuse(`the header is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}

interface Entry {
  readonly name: string;
  readonly format: (typeof readFormats)[string];
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function checkEntry(name: string, entry: unknown): Entry {
  const label = `tensor ${JSON.stringify(name)}`;
  if (!isObject(entry)) return refuse(`${label} is not described by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string") return refuse(`${label} has no dtype`);
  if (!Object.hasOwn(readFormats, dtype))
    throw new ValueError(
      "decodeSafetensors",
      `${label} has dtype ${dtype}; torchlet reads ${Object.keys(readFormats).join(", ")}`,
    );
  if (!isCounts(shape)) return refuse(`${label} has the impossible shape ${JSON.stringify(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2)
    return refuse(`${label} has the impossible data_offsets ${JSON.stringify(offsets)}`);
  const format = readFormats[dtype]!;
  const [begin, end] = offsets as [number, number];
  const size = shape.reduce((n, length) => n * length, format.size);
  if (end - begin !== size)
    refuse(
      `${label} of shape [${shape.join(", ")}] and dtype ${dtype} needs ${size} bytes, not ${end - begin}`,
    );
  return { name, format, shape, begin, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0);
}

/** The tensors must cover all bytes of the data, none of them twice. */
function checkPlaces(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at)
      refuse(
        `tensor ${JSON.stringify(name)} begins at byte ${begin} of the data, the one before ends at ${at}`,
      );
    at = end;
  }
  if (at !== length) refuse(`the tensors take ${at} bytes, but ${length} are there`);
}

function checkMetadata(metadata: unknown): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isObject(metadata) || Object.values(metadata).some((text) => typeof text !== "string"))
    return refuse(`${METADATA} does not hold texts`);
  return metadata as Record<string, string>;
}

function readTensor({ name, format, shape, begin }: Entry, elements: DataView): Tensor {
  const x = empty(shape, { dtype: format.dtype });
  const { data } = x;
  for (let i = 0, at = begin; i < data.length; i++, at += format.size) {
    const value = format.read(elements, at);
    data[i] = value;
    if (format.dtype === "int32" && data[i] !== value)
      throw new ValueError(
        "decodeSafetensors",
        `tensor ${JSON.stringify(name)} holds ${value}, which does not fit int32, torchlet's only integer type`,
      );
  }
  return x;
}
