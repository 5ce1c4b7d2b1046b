import {
  getNumThreads,
  isReproducible,
  manualSeed,
  ones,
  randn,
  setNumThreads,
  setReproducible,
  TorchletError,
} from "@torchlet/tensor";
import { kernels } from "@torchlet/tensor/kernels";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blas, BlasError } from "../src/optional.ts";
import { skipWithoutLibrary } from "./library.ts";

const threads = getNumThreads();
beforeEach(() => setReproducible(true));
afterEach(() => {
  blas.disable();
  setReproducible(false);
  setNumThreads(threads);
});

describe("where there is a BLAS library", () => {
  skipWithoutLibrary();

  test("enable puts it in place and allows its rounding; disable takes both back", () => {
    const before = kernels();
    blas.enable();
    expect([kernels().name, blas.isEnabled(), isReproducible()]).toEqual(["blas", true, false]);
    blas.disable();
    expect([kernels(), blas.isEnabled(), isReproducible()]).toEqual([before, false, true]);
  });

  test("enabling twice and disabling twice are as enabling and disabling once", () => {
    const before = kernels();
    blas.enable();
    blas.enable();
    blas.disable();
    blas.disable();
    expect(kernels()).toBe(before);
  });

  test("disable leaves setReproducible as the program chose it", () => {
    setReproducible(false);
    blas.enable();
    blas.disable();
    expect(isReproducible()).toBe(false);
    blas.enable();
    setReproducible(true);
    blas.disable();
    expect(isReproducible()).toBe(true);
  });

  test("enable leaves the processors to the library's threads; disable takes them back, unless the program chose", () => {
    setNumThreads(2);
    blas.enable();
    expect(getNumThreads()).toBe(1);
    blas.disable();
    expect(getNumThreads()).toBe(2);
    blas.enable();
    setNumThreads(3);
    blas.disable();
    expect(getNumThreads()).toBe(3);
  });

  test("importing the package enables it", async () => {
    const imported = await import("../src/index.ts");
    expect(imported.blas.isEnabled()).toBe(true);
  });

  test("gradients through products are those of torchlet's own kernels, up to rounding", () => {
    manualSeed(1);
    const x = randn(64, 784);
    const w = randn([128, 784], { requiresGrad: true });
    const gradient = (): Float32Array => {
      w.grad = null;
      x.matmul(w.t()).square().mean().backward();
      return Float32Array.from(w.grad!.data);
    };
    const own = gradient();
    blas.enable();
    const fast = gradient();
    const largest = Math.max(...own.map(Math.abs));
    const apart = Math.max(...own.map((g, i) => Math.abs(fast[i]! - g)));
    expect(apart).toBeLessThan(1e-5 * largest);
  });

  test("reproducible mode gives the bits of torchlet's own kernels", () => {
    manualSeed(1);
    const [a, b] = [randn(64, 300), randn(300, 64)];
    const own = a.matmul(b).toTypedArray();
    blas.enable();
    setReproducible(true);
    expect(a.matmul(b).toTypedArray()).toEqual(own);
  });

  test("info names the library, and setThreads changes its threads", () => {
    const { library, config, threads } = blas.info();
    expect(library).not.toBe("");
    if (config?.includes("OpenBLAS") !== true) return;
    blas.setThreads(1);
    expect(blas.info().threads).toBe(1);
    expect(ones(40, 40).matmul(ones(40, 40)).sum().item()).toBe(64000);
    blas.setThreads(threads!);
    expect(blas.info().threads).toBe(threads);
  });

  test("a number of threads must be a whole number from 1 on", () => {
    for (const count of [0, -1, 1.5, NaN]) expect(() => blas.setThreads(count)).toThrow(BlasError);
  });
});

describe("where there is no BLAS library", () => {
  test("enable throws an error of torchlet's that names the library and the reason", () => {
    expect(() => blas.enable({ library: "no-such-library" })).toThrow(TorchletError);
    expect(() => blas.enable({ library: "no-such-library" })).toThrow(
      /^\[blas\] no-such-library cannot be used: .+/,
    );
  });

  test("tryEnable returns false and changes nothing", () => {
    const before = kernels();
    expect(blas.tryEnable({ library: "no-such-library" })).toBe(false);
    expect([kernels(), isReproducible()]).toEqual([before, true]);
  });
});
