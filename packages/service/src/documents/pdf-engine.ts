/**
 * pdfmake with our two weights and nothing else. Nothing outside can be read: no address, no file of the machine; the fonts
 * stand in the engine's own memory (21 MB), loaded on first use, so that a service that never prints never pays for them.
 *
 * A character that the font lacks would come out as an empty box that tells nobody what stood there. It is printed as 〓
 * with its code point, 〓U+20BB7, so that a name stays provable and the gap can be filled by hand. The font has all of
 * the basic plane's common Hanzi and 445 beyond it (𬱖 U+2CC56 among them), no emoji.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

const FONT = 'NotoSansSC';
const FILES = { normal: '400Regular', bold: '700Bold' } as const;

/** Of pdfmake's server side what we use; its published types leave out the virtual files and the document's own class. */
interface Engine {
  virtualfs: { writeFileSync(name: string, data: Buffer): void };
  setFonts(fonts: Record<string, Record<keyof typeof FILES, string>>): void;
  setUrlAccessPolicy(allow: (url: string) => boolean): void;
  setLocalAccessPolicy(allow: (path: string) => boolean): void;
  createPdf(definition: TDocumentDefinitions): {
    getBuffer(): Promise<Buffer>;
    getStream(): Promise<{
      provideFont(name: string, bold: boolean, italics: boolean): { font: { characterSet: readonly number[] } };
      end(): void;
    }>;
  };
}

export interface PdfEngine {
  /** One document after the other on this process's thread: a page of a dense table takes some 15 ms. */
  write(definition: TDocumentDefinitions): Promise<Uint8Array>;
  /** The text as this font can show it. */
  shown(text: string): string;
}

let engine: Promise<PdfEngine> | undefined;

export function pdfEngine(): Promise<PdfEngine> {
  engine ??= load().catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function load(): Promise<PdfEngine> {
  const pdfmake = (await import('pdfmake')).default as unknown as Engine;
  for (const file of Object.values(FILES)) {
    const path = import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${file}/NotoSansSC_${file}.ttf`);
    pdfmake.virtualfs.writeFileSync(file, await readFile(fileURLToPath(path)));
  }
  pdfmake.setFonts({ [FONT]: FILES });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  const probe = await pdfmake.createPdf({ content: [], defaultStyle: { font: FONT } }).getStream();
  const known = new Set(probe.provideFont(FONT, false, false).font.characterSet);
  probe.end();
  return {
    write: (definition) =>
      pdfmake.createPdf({ ...definition, defaultStyle: { ...definition.defaultStyle, font: FONT } }).getBuffer(),
    shown: (text) => shownWith(known, text),
  };
}

/** Joiners and variation selectors ask for a shape and show nothing; control characters have no place on paper. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}]$/u;

export function shownWith(known: ReadonlySet<number>, text: string): string {
  let shown = '';
  for (const character of text.normalize('NFC').replace(/\r\n?/g, '\n')) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n' || (known.has(code) && !UNSEEN.test(character))) shown += character;
    else if (character === '\t') shown += ' ';
    else if (!UNSEEN.test(character)) shown += `〓U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return shown;
}
