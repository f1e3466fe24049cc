/** Text that fits: bytes are counted as the other side counts them, and a character is never cut in two. Pure. */
const ELLIPSIS = '…';
const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** @param maxBytes of UTF-8, the "…" among them */
export function cut(text: string, maxBytes: number): string {
  if (bytesOf(text) <= maxBytes) return text;
  let kept = '';
  let room = maxBytes - bytesOf(ELLIPSIS);
  for (const { segment } of characters.segment(text)) {
    room -= bytesOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return kept + ELLIPSIS;
}

const LINE_BYTES = 240;
/** Title of a digest and the robot's own frame. */
const HEAD_BYTES = 100;

/** What a message says in a digest: one line. */
export const digestLine = ({ title, text }: { title: string; text: string }): string =>
  cut(`· ${title} ${text}`.replaceAll(/\s+/g, ' ').trim(), LINE_BYTES);

/** As many of the first as one digest holds, so that nothing is said to be sent that nobody could read. */
export function fitting<M extends { title: string; text: string }>(messages: readonly M[], maxBytes: number): M[] {
  let room = maxBytes - HEAD_BYTES;
  const end = messages.findIndex((message) => {
    room -= bytesOf(digestLine(message)) + 1;
    return room < 0;
  });
  return messages.slice(0, end < 0 ? messages.length : Math.max(1, end));
}
