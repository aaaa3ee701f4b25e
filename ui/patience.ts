import { configure } from "@testing-library/svelte";
import { vi } from "vitest";

/**
 * How long a test waits for what it names before it fails: only a test that fails ever waits so long, and a machine
 * with a dozen other things to do is no fault of ours.
 */
const PATIENCE_MS = 60_000;

configure({ asyncUtilTimeout: PATIENCE_MS });
const waitFor = vi.waitFor;
vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options);
