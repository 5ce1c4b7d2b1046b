export { clipGradNorm_, clipGradValue_ } from "./clip-grad.ts";
export { parametersToVector, vectorToParameters } from "./vector.ts";
