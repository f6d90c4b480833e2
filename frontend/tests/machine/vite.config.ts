import { defineConfig } from 'vite'

/** One file that Node runs, with all that it imports. */
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: 'tests/machine/client.ts',
    target: 'es2022',
    copyPublicDir: false,
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: 'client.mjs' } },
  },
})
