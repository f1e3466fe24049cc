import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type PrintedBlock, type PrintedDocument, printPdf } from '../../src/documents/index.ts';
import { readPdf } from './pdf-text.ts';

const words = {
  page: (n: number, of: number) => `第 ${n} 页 共 ${of} 页`,
  brokenImage: '图片无法读取',
  nothing: '没有记录',
};

const document = (body: PrintedBlock[], changed: Partial<PrintedDocument> = {}): PrintedDocument => ({
  orientation: 'landscape',
  title: '隐患台账',
  subtitles: ['青禾小学 2026 年秋季学期', '2026-11-23 17:00 周敏打印'],
  body,
  signatures: ['填表人', '负责人', '日期'],
  words,
  at: Date.parse('2026-11-23T09:00:00.000Z'),
  ...changed,
});

const ledger = (rows: number): PrintedBlock => ({
  kind: 'table',
  columns: [
    { title: '编号', width: 2 },
    { title: '隐患', width: 6 },
    { title: '措施', width: 6 },
    { title: '责任人', width: 2 },
    { title: '期限', width: 3 },
    { title: '天数', width: 1.5, align: 'right' },
  ],
  rows: Array.from({ length: rows }, (_, i) => [
    `Y-11${String(i).padStart(3, '0')}`,
    `食堂后门闭门器损坏第${i}处，消防通道被挡`,
    '更换闭门器，先由保安每小时巡一次',
    '孙浩',
    '2026-11-21',
    i,
  ]),
});

const tableOf = (text: string): PrintedBlock => ({
  kind: 'table',
  columns: [
    { title: '名', width: 1 },
    { title: '文', width: 4 },
  ],
  rows: [['甲', text]],
});

const chunk = (type: string, data: Buffer) => {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  data.copy(framed, 8);
  return framed;
};
/** A red square of 2 × 2 with an alpha channel. */
const png = (pixels = deflateSync(Buffer.from('00ff0000ffff0000ff'.repeat(2), 'hex')), side = 2) => {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
};

test('300 rows in two seconds: all there, head and page number on each page, two subset fonts', async () => {
  await printPdf(document([ledger(1)]));
  // Of processor: what others do on this machine is no matter of the paper.
  const started = process.cpuUsage();
  const bytes = await printPdf(document([ledger(300)]));
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1_000).toBeLessThan(2_000);
  expect(bytes.length).toBeLessThan(400_000);
  const { pages, fonts } = readPdf(bytes);
  expect(pages.length).toBeGreaterThanOrEqual(10);
  expect(pages.length).toBeLessThanOrEqual(30);
  for (const [i, page] of pages.entries()) {
    expect(page).toContain('编号隐患措施责任人期限天数');
    expect(page).toContain(`第 ${i + 1} 页 共 ${pages.length} 页`);
  }
  const text = pages.join('');
  for (let i = 0; i < 300; i++) expect(text).toContain(`Y-11${String(i).padStart(3, '0')}食堂后门闭门器损坏第${i}处`);
  expect(pages[0]).toContain('隐患台账青禾小学 2026 年秋季学期2026-11-23 17:00 周敏打印');
  expect(pages.at(-1)).toContain('填表人负责人日期');
  expect(fonts.map((font) => font.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
    'NotoSansSC-Bold',
    'NotoSansSC-Regular',
  ]);
  expect(fonts.every((font) => /^[A-Z]{6}\+/.test(font))).toBe(true);
});

test('the same document is the same file', async () => {
  const [one, two] = [await printPdf(document([ledger(3)])), await printPdf(document([ledger(3)]))];
  expect(readPdf(one).pages).toEqual(readPdf(two).pages);
  expect(readPdf(one).raw).toContain('(D:20261123090000Z)');
});

test('a rare Hanzi that the font has is printed; one that it lacks shows its code point', async () => {
  const { pages } = readPdf(
    await printPdf(document([{ kind: 'text', text: '𬱖、𠮷、火🔥、e\u0301、a\u200d\ufe0f\u0000b\tc' }])),
  );
  expect(pages[0]).toContain('𬱖、〓U+20BB7、火〓U+1F525、é、ab c');
});

test('a row taller than a page is printed whole', async () => {
  const text = `${'长'.repeat(6_000)}完`;
  const { pages } = readPdf(await printPdf(document([tableOf(text)])));
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.join('').match(/长/g)).toHaveLength(6_000);
  expect(pages.join('')).toContain('完');
});

test('rows of a third of a page stay whole', async () => {
  const rows = Array.from({ length: 10 }, (_, i) => ['甲', `起${'长'.repeat(400)}止${i}`]);
  const { pages } = readPdf(await printPdf(document([{ ...tableOf(''), kind: 'table', rows } as PrintedBlock])));
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page.match(/起/g)?.length).toBe(page.match(/止/g)?.length);
});

test('one word of 400 letters, HTML and addresses are text; nothing outside is read', async () => {
  const text = `${'a'.repeat(400)} <b>x</b> http://192.0.2.1/x.png file:///etc/passwd`;
  const { pages, images } = readPdf(await printPdf(document([tableOf(text), { kind: 'text', text }])));
  expect(pages.join('').match(/<b>x<\/b> http:\/\/192\.0\.2\.1\/x\.png file:\/\/\/etc\/passwd/g)).toHaveLength(2);
  expect(pages.join('').match(/a/g)?.length).toBeGreaterThanOrEqual(800);
  expect(images).toBe(0);
});

test('photos, each with its caption; a broken one is named and the process lives', async () => {
  const whole = png();
  const cut = png(deflateSync(Buffer.alloc(18)).subarray(0, 6));
  const bomb = png(deflateSync(Buffer.alloc(3_000_000)), 3_400);
  const images = [whole, cut, bomb, Buffer.from('GIF89a'), Buffer.from('ffd8ffe0', 'hex')];
  const bytes = await printPdf(
    document([{ kind: 'images', images: images.map((image, i) => ({ bytes: image, caption: `照片${i}` })) }]),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const { pages, images: printed } = readPdf(bytes);
  // The picture and its transparency.
  expect(printed).toBe(2);
  expect(pages.join('').match(/图片无法读取/g)).toHaveLength(4);
  for (const i of images.keys()) expect(pages.join('')).toContain(`照片${i}`);
});

test('a drill carries its band on every page, an empty table says so', async () => {
  const { pages } = readPdf(await printPdf(document([ledger(60)], { band: { text: '演练', pattern: 'hatch' } })));
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toContain('演练');
  const empty = readPdf(
    await printPdf(document([ledger(0)], { orientation: 'portrait', band: { text: '测试', pattern: 'chequer' } })),
  );
  expect(empty.pages).toHaveLength(1);
  expect(empty.pages[0]).toContain('测试');
  expect(empty.pages[0]).toContain('没有记录');
});

test('facts in one and two columns, headings; too many rows are refused', async () => {
  const facts = [
    ['总数', '300'],
    ['逾期', '1'],
    ['完成', '2'],
  ] as const;
  const blocks: PrintedBlock[] = [
    { kind: 'heading', text: '一、汇总' },
    { kind: 'facts', facts, columns: 2 },
    { kind: 'facts', facts },
  ];
  const { pages } = readPdf(await printPdf(document(blocks)));
  expect(pages[0]).toContain('一、汇总总数300逾期1完成2总数300逾期1完成2');
  await expect(printPdf(document([ledger(3_001)]))).rejects.toMatchObject({ code: 'tooLarge' });
});

test.each([
  [6, 20, 1],
  [7, 20, 2],
  [1, 600, 1],
  [4, 2_000, 6],
])('%i cards to cut out with %i letters each, all of it on %i pages at most', async (count, letters, most) => {
  const cards = Array.from({ length: count }, (_, i) => ({
    ...{ title: `疏散引导 ${i}`, under: '各班班主任', foot: '火灾疏散预案 第 3 版' },
    text: '带本班到集合点并点名'.repeat(letters / 10),
  }));
  const { pages } = readPdf(
    await printPdf(document([{ kind: 'cards', cards }], { orientation: 'portrait', signatures: [] })),
  );
  expect(pages.length).toBeLessThanOrEqual(most);
  const text = pages.join('').replaceAll(/\s/g, '');
  for (const { title } of cards) expect(text).toContain(title.replaceAll(' ', ''));
  expect(text.match(/集/g)).toHaveLength((count * letters) / 10);
});

test('a card of a hundred short lines is printed whole', async () => {
  const text = Array.from({ length: 100 }, (_, i) => `L${i}.`).join('\n');
  const cards = [{ title: '疏散引导', under: '', text, foot: '' }];
  const { pages } = readPdf(await printPdf(document([{ kind: 'cards', cards }], { signatures: [] })));
  for (const line of ['L0.', 'L50.', 'L99.']) expect(pages.join('')).toContain(line);
});
