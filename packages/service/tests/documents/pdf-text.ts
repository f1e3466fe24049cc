/** Reads our PDFs back: the pages, the fonts in them, and each page's text by the fonts' own ToUnicode tables. */
import { inflateSync } from 'node:zlib';

interface PdfObject {
  dictionary: string;
  stream: Buffer | undefined;
}

export function readPdf(bytes: Uint8Array): { pages: string[]; fonts: string[]; images: number; raw: string } {
  const raw = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const [, id = '', body = ''] of raw.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)) {
    const at = body.indexOf('\nstream\n');
    const dictionary = at < 0 ? body : body.slice(0, at);
    const data = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const packed = dictionary.includes('/FlateDecode') && !dictionary.includes('/Image');
    objects.set(id, { dictionary, stream: at < 0 ? undefined : packed ? inflateSync(data) : data });
  }
  const all = [...objects.values()].map(({ dictionary }) => dictionary);
  const reference = (text: string, key: string) => new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1] ?? '';
  const get = (id: string) => objects.get(id) ?? { dictionary: '', stream: undefined };
  const pages = all
    .filter((d) => /\/Type \/Page\b/.test(d))
    .map((page) => {
      const resources = get(reference(page, 'Resources')).dictionary;
      const fonts = new Map<string, Map<string, string>>();
      for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        fonts.set(name, unicodeOf(String(get(reference(get(id).dictionary, 'ToUnicode')).stream)));
      }
      return textOf(String(get(reference(page, 'Contents')).stream), fonts);
    });
  return {
    pages,
    fonts: all.flatMap((d) => /\/Type \/FontDescriptor[\s\S]*?\/FontName \/(\S+)/.exec(d)?.[1] ?? []),
    images: all.filter((d) => d.includes('/Subtype /Image')).length,
    raw,
  };
}

function unicodeOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, from = '', , list = ''] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/g)) {
    for (const [i, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const glyph = (Number.parseInt(from, 16) + i).toString(16).padStart(4, '0');
      glyphs.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return glyphs;
}

function textOf(content: string, fonts: Map<string, Map<string, string>>): string {
  let font = new Map<string, string>();
  let text = '';
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ]+)*)\] TJ/g)) {
    if (name) font = fonts.get(name) ?? font;
    for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/g)) {
      for (const glyph of hex.match(/.{4}/g) ?? []) text += font.get(glyph) ?? '?';
    }
  }
  return text;
}
