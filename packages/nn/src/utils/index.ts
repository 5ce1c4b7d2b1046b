export { clipGradNorm_, clipGradValue_, type ClipGradNormOptions } from "./clip-grad.ts";
export { parametersToVector, vectorToParameters } from "./vector.ts";
