import {
  AutogradError,
  defineFunction,
  detectAnomaly,
  grad,
  isAnomalyEnabled,
  setDetectAnomaly,
  tensor,
  type Tensor,
} from "@torchlet/tensor";
import { afterEach, describe, expect, it } from "vitest";

const leaf = (...values: number[]): Tensor => tensor(values, { dtype: "float64", requiresGrad: true });

function messageOf(body: () => void): string {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(AutogradError);
    return (error as Error).message;
  }
  return "";
}

function logOfInput(x: Tensor): Tensor {
  return x.mul(1).log();
}

afterEach(() => setDetectAnomaly(false));

describe("anomaly mode", () => {
  it("names the operation whose backward made the first NaN, the element, its value and the forward call", () => {
    const x = leaf(1, 0, 2);
    const message = messageOf(() =>
      detectAnomaly(() => {
        const weights = tensor([1, 0, 1], { dtype: "float64" });
        logOfInput(x).mul(weights).sum().backward(); // 0 / 0 in log's gradient
      }),
    );
    expect(message).toMatch(/^\[backward\] log produced a gradient that is not finite: NaN at \[1\]/);
    expect(message).toMatch(/for an input of shape \[3\]/);
    expect(message).toMatch(/forward call of log:\n\s+at logOfInput .*anomaly\.test\.ts/);
    expect(message).not.toMatch(/packages\/tensor\/src/);
  });

  it("reports infinity, unless it is told not to", () => {
    const run = (): void => leaf(4, 0).sqrt().sum().backward();
    expect(messageOf(() => detectAnomaly(run))).toMatch(/sqrt .* Infinity at \[1\]/);
    expect(() => detectAnomaly(run, { infinity: false })).not.toThrow();
  });

  it("names the parameter whose gradient is wrong, or those nearest to the operation", () => {
    const a = leaf(0);
    const b = leaf(1);
    const names = [
      ["fc1.weight", a],
      ["fc2.weight", b],
    ] as const;
    expect(messageOf(() => detectAnomaly(() => a.sqrt().sum().backward(), { names }))).toMatch(
      /Infinity at \[0\], for fc1\.weight of shape \[1\]/,
    );
    const nearest = messageOf(() =>
      detectAnomaly(() => a.mul(2).exp().mul(b).sub(1).sqrt().sum().backward(), { names }),
    );
    expect(nearest).toMatch(/sqrt .*; nearest parameters: fc2\.weight\n/);
  });

  it("covers grad, second derivatives, hooks, functions of one's own and the gradient that is passed in", () => {
    const x = leaf(0);
    expect(messageOf(() => detectAnomaly(() => void grad(x.sqrt(), [x])))).toMatch(/sqrt/);
    const second = messageOf(() =>
      detectAnomaly(() => {
        const [g] = grad(x.pow(1.5), [x], { createGraph: true });
        g.backward();
      }),
    );
    expect(second).toMatch(/pow produced/);
    const hooked = x.mul(2);
    hooked.registerHook((g) => g.div(0));
    expect(messageOf(() => detectAnomaly(() => hooked.backward()))).toMatch(
      /a hook of mul produced .*Infinity/,
    );
    const broken = defineFunction({
      name: "broken",
      forward: (_ctx, x: Tensor) => x.mul(1),
      backward: (_ctx, g) => g.mul(NaN),
    });
    expect(messageOf(() => detectAnomaly(() => broken(x).backward()))).toMatch(/broken produced .*NaN/);
    const given = (): void => x.mul(2).backward(tensor([Infinity], { dtype: "float64" }));
    expect(messageOf(() => detectAnomaly(given))).toMatch(/the gradient given to backward produced/);
  });

  it("is over when its callback returns or throws, and can be switched by hand", () => {
    expect(detectAnomaly(() => isAnomalyEnabled())).toBe(true);
    expect(() =>
      detectAnomaly(() => {
        throw new Error("boom");
      }),
    ).toThrow("boom");
    expect(isAnomalyEnabled()).toBe(false);
    setDetectAnomaly(true);
    expect(() => leaf(0).sqrt().backward()).toThrow(AutogradError);
    setDetectAnomaly(false);
    expect(() => leaf(0).sqrt().backward()).not.toThrow();
  });

  it("refuses an asynchronous callback, whose mode would end at its first await", () => {
    const body = (async () => {
      await Promise.resolve();
    }) as () => never;
    expect(() => detectAnomaly(body)).toThrow(AutogradError);
    expect(() => detectAnomaly(body)).toThrow("returned a promise");
    expect(isAnomalyEnabled()).toBe(false);
  });
});
