/** The entry without Svelte: texts and formatters, for tests, prints and notices. */
export * from './format.ts';
export { type Catalogue, catalogues, LANGUAGES, type Language } from './i18n/catalogue.ts';
export { agreed, cameAs } from './visit-words.ts';
