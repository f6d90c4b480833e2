import { defineConfig } from 'vitest/config'

const backend = 'http://127.0.0.1:8000'
const pages = '^/(api|tiles|signin|signout|join)(/|$)'

export default defineConfig({
  base: '/static/',
  build: { manifest: true, target: 'es2022', chunkSizeWarningLimit: 700 },
  server: {
    proxy: { [pages]: backend, '/ws': { target: backend, ws: true } },
  },
  test: { include: ['tests/**/*.test.ts'] },
})
