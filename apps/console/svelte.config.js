/** Runes everywhere; plain CSS files, so nothing to preprocess but TypeScript, which Svelte 5 reads itself. */
export default { compilerOptions: { runes: true } };
