import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const src = (folder: string) => fileURLToPath(new URL(`./src/${folder}`, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  resolve: {
    alias: {
      $form: src("form"),
      $ipc: src("ipc"),
      $shared: src("shared"),
      $strings: src("strings"),
      $styles: src("styles"),
    },
    conditions: process.env.VITEST ? ["browser"] : undefined,
  },
  server: { port: 1420, strictPort: true },
  build: { target: "safari18", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    css: { include: [/tokens\.css/] },
    setupFiles: ["patience.ts"],
    testTimeout: 120_000,
  },
});
