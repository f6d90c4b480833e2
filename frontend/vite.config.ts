import { defineConfig } from 'vitest/config'

const backend = 'http://127.0.0.1:8000'
/** Sheets and scripts of the pages that Django draws. */
const drawnByDjango = [
  'src/styles/pages.css',
  'src/pages/check.ts',
  'src/styles/operations.css',
  'src/pages/operations.ts',
]
const pages = '^/(api|tiles|signin|signout|signup|reset|account|people|join|operations)(/|$)'

export default defineConfig(({ command }) => ({
  // Django serves the build under /static/; the development server serves the pages themselves.
  base: command === 'build' ? '/static/' : '/',
  build: {
    manifest: true,
    target: 'es2022',
    // The first browsers that know light-dark(): older ones would need it written out, which loses dark parts of light pages.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: ['index.html', ...drawnByDjango] },
  },
  server: {
    // The host stays as the browser names it: Django compares it with the origin of every POST.
    proxy: { [pages]: { target: backend }, '/ws': { target: backend, ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'], css: true, pool: 'threads', isolate: false },
}))
