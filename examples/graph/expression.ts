/** A small expression, every value of which has a name and keeps its gradient. */
import { tensor, type Tensor } from "torchlet";

/** One neuron with two inputs that should say 1, and how far it is from that. */
export function expression(): Record<string, Tensor> {
  const leaf = (value: number): Tensor => tensor(value, { requiresGrad: true, dtype: "float64" });
  const [x1, w1, x2, w2, b] = [leaf(1), leaf(0.5), leaf(-2), leaf(-0.25), leaf(0.5)];

  const p1 = x1.mul(w1);
  const p2 = x2.mul(w2);
  const sum = p1.add(p2);
  const h = sum.add(b);
  const y = h.sigmoid();
  const error = y.sub(1);
  const loss = error.square();

  const values = { x1, w1, x2, w2, b, p1, p2, sum, h, y, error, loss };
  for (const value of Object.values(values)) value.retainGrad();
  loss.backward({ retainGraph: true }); // so that the graph can be drawn
  return values;
}
