import "uplot/dist/uPlot.min.css";
import "./style.css";
import { openDrawing } from "./draw/section.ts";
import { openTraining } from "./train/section.ts";

openTraining();
await openDrawing();
