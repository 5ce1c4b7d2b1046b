import { tensor } from "@torchlet/tensor";
import { expect, test, vi } from "vitest";

test("who looks for the gradient of a computed tensor is told, once, why there is none", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  try {
    const x = tensor([1, 2], { requiresGrad: true });
    const kept = x.mul(2).retainGrad();
    const y = kept.sub(1);
    expect([x.grad, x.detach().grad, kept.grad]).toEqual([null, null, null]); // nothing to be said of these
    expect(warn).not.toHaveBeenCalled();
    y.sum().backward();
    for (let i = 0; i < 2; i++) expect(y.grad).toBe(null);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatch(
      /^\[grad\] a tensor of shape \[2\] was computed \(sub\).*retainGrad\(\)/,
    );
  } finally {
    warn.mockRestore();
  }
});
