// The generated tests share their workers, which is much faster; each still starts with the packages freshly loaded,
// as a program of its own would: no seed or print option of another example is left.

import { vi } from "vitest";

vi.resetModules();
