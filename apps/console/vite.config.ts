import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [svelte()],
  build: {
    target: 'chrome87',
    cssTarget: 'chrome87',
    assetsInlineLimit: 0,
    /** The console, and the small page for visitors without sign-in. */
    rolldownOptions: { input: { index: 'index.html', visit: 'visit.html' } },
  },
});
