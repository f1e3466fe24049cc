import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The agent serves `dist` at `/`. Guard rooms have old machines: Chrome 87 is the floor (design tokens, Svelte 5). */
export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: { target: 'chrome87', cssTarget: 'chrome87', chunkSizeWarningLimit: 300 },
  server: { proxy: { '/trpc': process.env.AGENT_URL ?? 'http://127.0.0.1:4100' } },
});
