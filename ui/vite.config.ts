/**
 * How the front end is built and tested. The oddities come from outside: MoJ
 * imports GOV.UK by a path below the project, GOV.UK carries an old media hack
 * that the CSS minifier would refuse, and the PDF reader loads its decoders for
 * scanned pages by name, so they keep their names in a folder of their own.
 */
import { readFileSync, readdirSync } from "node:fs";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig, type Plugin } from "vitest/config";

const decoders = "node_modules/pdfjs-dist/wasm/";

function pdfDecoders(): Plugin {
  return {
    name: "pdf-decoders",
    generateBundle() {
      for (const name of readdirSync(decoders)) {
        this.emitFile({ type: "asset", fileName: `pdfjs/${name}`, source: readFileSync(decoders + name) });
      }
    },
    configureServer(server) {
      server.middlewares.use("/pdfjs", (request, response, next) => {
        const name = request.url?.slice(1) ?? "";
        if (!readdirSync(decoders).includes(name)) return next();
        response.setHeader("content-type", name.endsWith(".wasm") ? "application/wasm" : "text/javascript");
        response.end(readFileSync(decoders + name));
      });
    },
  };
}

export default defineConfig({
  plugins: [svelte(), svelteTesting(), pdfDecoders()],
  css: {
    preprocessorOptions: {
      scss: { loadPaths: [".", "node_modules"], quietDeps: true },
    },
    lightningcss: { errorRecovery: true },
  },
  build: {
    target: "safari16",
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    css: false,
    testTimeout: 30_000,
  },
});
