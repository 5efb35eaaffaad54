import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The API that `npm run dev` shows: everything but /ui/ goes there. The Host header stays, for the API compares it
// with the Origin.
const api = process.env.SWITCHBOARD_URL ?? 'http://127.0.0.1:4000'

export default defineConfig({
  base: '/ui/',
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      generatedRouteTree: './src/app/routeTree.gen.ts',
      quoteStyle: 'single',
    }),
    react(),
    tailwindcss(),
  ],
  resolve: { alias: { '@': path.resolve(import.meta.dirname, 'src') } },
  server: {
    port: 5173,
    proxy: { '^/(?!ui(/|$|\\?))': { target: api, changeOrigin: false, ws: true } },
  },
  build: {
    target: 'es2022',
    // The content security policy has no `data:` for scripts and fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    // A route that reads its address by a feature's index must not load the feature's pages with it.
    rollupOptions: { treeshake: { moduleSideEffects: (id) => !/\/src\/(features|components|lib)\//.test(id) } },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:4000/ui/' } },
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
})
