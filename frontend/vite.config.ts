import { defineConfig } from 'vitest/config'

const backend = 'http://127.0.0.1:8000'
const pages = '^/(api|tiles|signin|signout|join)(/|$)'

export default defineConfig(({ command }) => ({
  // Django serves the build under /static/; the development server serves the pages themselves.
  base: command === 'build' ? '/static/' : '/',
  build: { manifest: true, target: 'es2022', chunkSizeWarningLimit: 700 },
  server: {
    // The host stays as the browser names it: Django compares it with the origin of every POST.
    proxy: { [pages]: { target: backend }, '/ws': { target: backend, ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'], pool: 'threads', isolate: false },
}))
